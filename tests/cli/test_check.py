"""`callaudit check`: exit codes, gates, which rules run, several outputs, and every kind of wrong input."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from tests.project.test_revision import commit, git
from tests.rules.conftest import PACKAGE, RETRY
from tests.rules.test_load import RULE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

ERROR = "sequential-retry"
WARNING = "missing-timeout"
MILD = "fetch('https://api.pacifica.fi/api/v1/info');\n"
FOUND = ["--select", f"{ERROR},{WARNING}"]


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A server whose one route asks again and again."""
    root = tmp_path / "app"
    commit(root, {"package.json": PACKAGE, "src/index.ts": RETRY})
    return root


def rules_of(text: str) -> list[tuple[str, int]]:
    return [(one["rule"], one["line"]) for one in json.loads(text)["findings"]]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (FOUND, 1),
        (["--select", WARNING], 0),
        (["--select", WARNING, "--fail-on", "warning"], 1),
        (["--select", WARNING, "--fail-on", "note"], 1),
        ([*FOUND, "--fail-on", "never"], 0),
        ([*FOUND, "--exit-zero"], 0),
        ([*FOUND, "--ignore", ERROR], 0),
        (["--select", "CA201", "--ignore", "CA2"], 1),
        (["--select", "CA2", "--ignore", "CA201"], 0),
        (["--select", "retries"], 1),
        (["--select", WARNING, "--fail-on-incomplete"], 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_gate(run: Run, app: Path, args: list[str], code: int) -> None:
    ended = run("check", str(app), *args)
    assert ended.returncode == code, ended.stderr
    assert "Traceback" not in ended.stderr


def test_findings_are_shown_where_they_are(run: Run, app: Path) -> None:
    ended = run("check", str(app), *FOUND)
    assert "src/index.ts\n   5:1  error    sequential-retry" in ended.stdout
    assert ended.stdout.splitlines()[-1] == "1 error, 1 warning"
    assert ended.stderr == ""


def test_data_is_apart_from_what_is_said(run: Run, app: Path, tmp_path: Path) -> None:
    (app / "src/more.ts").write_text("declare const url: string;\nfetch(url);\n", encoding="utf-8")
    ended = run("check", str(app), *FOUND, "-f", "json")
    assert len(json.loads(ended.stdout)["findings"]) == 2
    assert ended.stderr.startswith("callaudit: 1 error, 1 warning · 1 unknown call (")
    assert run("check", str(app), *FOUND, "-f", "json", "-q").stderr == ""
    ended = run("check", str(app), *FOUND, "-o", str(tmp_path / "x.sarif"))
    assert ended.stdout == ""
    assert ended.stderr.splitlines()[0] == f"wrote {tmp_path / 'x.sarif'}"


def test_one_file_of_a_repository(run: Run, app: Path) -> None:
    (app / "callaudit.toml").write_text(f'select = ["{WARNING}"]\n', encoding="utf-8")
    (app / "src/one.ts").write_text(MILD, encoding="utf-8")
    ended = run("check", str(app / "src/one.ts"), "-f", "json", "--diff", "HEAD")
    assert rules_of(ended.stdout) == [(WARNING, 1)]
    commit(app, {})
    assert json.loads(run("check", str(app / "src/one.ts"), "-f", "json", "--diff", "HEAD").stdout)["findings"][0][
        "baselined"
    ]


def test_incomplete_runs_fail_where_that_is_asked_for(run: Run, app: Path) -> None:
    (app / "src/index.ts").write_text("declare const url: string;\nfetch(url);\n", encoding="utf-8")
    clean = ["--select", ERROR]
    assert run("check", str(app), *clean).returncode == 0
    ended = run("check", str(app), *clean, "--fail-on-incomplete")
    assert ended.returncode == 1
    assert "1 unknown call" in ended.stdout
    assert "--fail-on-incomplete" in ended.stderr


def test_the_configuration_decides_where_no_option_does(run: Run, app: Path) -> None:
    text = f'select = ["{WARNING}"]\nfail_on = "warning"\n'
    (app / "callaudit.toml").write_text(text, encoding="utf-8")
    assert run("check", str(app)).returncode == 1
    assert run("check", str(app), "--fail-on", "error").returncode == 0
    (app / "callaudit.toml").write_text(f'{text}\n[severity]\n{WARNING} = "note"\n', encoding="utf-8")
    assert run("check", str(app)).returncode == 0
    (app / "callaudit.toml").write_text(f'[severity]\n{ERROR} = "off"\n', encoding="utf-8")
    assert ERROR not in run("check", str(app)).stdout


def test_several_outputs_at_once(run: Run, app: Path, tmp_path: Path) -> None:
    names = ("sarif", "gitlab", "junit", "markdown", "concise", "json")
    args = [word for name in names for word in ("-f", name, "-o", str(tmp_path / f"out.{name}"))]
    ended = run("check", str(app), *FOUND, *args, "-f", "github")
    assert ended.returncode == 1, ended.stderr
    assert ended.stdout.startswith("::error file=src/index.ts,line=5,")
    results = json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == [ERROR, WARNING]
    assert all(result["partialFingerprints"]["primaryLocationLineHash"].endswith(":1") for result in results)
    assert rules_of((tmp_path / "out.json").read_text(encoding="utf-8")) == [(ERROR, 5), (WARNING, 6)]
    assert len((tmp_path / "out.concise").read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize("name", ["text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown"])
def test_equal_input_gives_equal_bytes(run: Run, app: Path, name: str) -> None:
    first, second = (run("check", str(app), "-f", name, env={"PYTHONHASHSEED": seed}) for seed in ("0", "1"))
    assert first.stdout == second.stdout
    assert first.returncode == 1


def test_the_summary_of_a_job_has_all_findings(run: Run, app: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    run("check", str(app), *FOUND, "-f", "github", env={"GITHUB_STEP_SUMMARY": str(summary)})
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("before\n## callaudit\n")
    assert f"`{ERROR}`" in text


def test_paths_are_those_of_the_repository_where_a_folder_of_it_is_checked(run: Run, app: Path) -> None:
    commit(app, {"apps/api/package.json": PACKAGE, "apps/api/index.ts": RETRY})
    ended = run("check", str(app / "apps/api"), *FOUND, "-f", "github")
    assert ended.stdout.startswith("::error file=apps/api/index.ts,")
    assert rules_of(run("check", str(app / "apps/api"), *FOUND, "-f", "json").stdout)[0] == (ERROR, 5)


def test_a_baseline_makes_only_new_findings_count(run: Run, app: Path) -> None:
    assert run("baseline", "write", str(app), *FOUND).returncode == 0
    known = ["--baseline", str(app / "callaudit-baseline.json")]
    ended = run("check", str(app), *FOUND, *known)
    assert ended.returncode == 0
    assert "no findings · 2 in the baseline" in ended.stdout
    (app / "src/again.ts").write_text(MILD, encoding="utf-8")
    assert run("check", str(app), *FOUND, *known, "--fail-on", "note").returncode == 1
    assert ERROR in run("baseline", "show", str(app)).stdout


def test_a_baseline_counts_places_beside_findings(run: Run, app: Path) -> None:
    said = run("baseline", "write", str(app)).stderr
    known = json.loads((app / "callaudit-baseline.json").read_text(encoding="utf-8"))["findings"]
    found = json.loads(run("check", str(app), "-f", "json").stdout)["findings"]
    assert f": {len(found)} findings in {len(known)} places" in said
    assert f"0 places gone, {len(known)} kept" in run("baseline", "prune", str(app)).stderr


def test_files_that_are_skipped_are_named(run: Run, app: Path) -> None:
    (app / "src/large.min.js").write_text("x()\n", encoding="utf-8")
    (app / "src/large.js").write_text("x()\n", encoding="utf-8")
    ended = run("check", str(app), *FOUND)
    assert "1 file skipped (src/large.min.js)" in ended.stdout


def test_what_is_gone_is_pruned(run: Run, app: Path) -> None:
    run("baseline", "write", str(app), *FOUND)
    (app / "src/index.ts").write_text(MILD, encoding="utf-8")
    known = ["--baseline", str(app / "callaudit-baseline.json")]
    assert "of the baseline gone" in run("check", str(app), *FOUND, *known).stdout
    assert "2 places gone, 0 kept" in run("baseline", "prune", str(app), *FOUND).stderr
    assert run("check", str(app), "--select", WARNING, *known, "--fail-on", "note").returncode == 1


def test_diff_counts_only_what_the_base_does_not_have(run: Run, app: Path) -> None:
    again = "app.get('/again', async (_request, response) => response.json(await find('x')));\n"
    (app / "src/index.ts").write_text(
        "// moved down\n\n" + RETRY.replace("app.listen", f"{again}app.listen"), encoding="utf-8"
    )
    ended = run("check", str(app), *FOUND, "--diff", "HEAD")
    assert ended.returncode == 0, ended.stderr
    assert "GET api.pacifica.fi/api/v1/trades/history  new: 1…3 a run  GET /again" in ended.stdout
    assert "2 known since HEAD" in ended.stdout
    (app / "src/more.ts").write_text(MILD.replace("/info", "/nothing"), encoding="utf-8")
    new = [*FOUND, "--select", "unknown-endpoint", "--diff", "HEAD", "--fail-on", "note"]
    assert run("check", str(app), *new).returncode == 1
    assert git(app, "status", "--porcelain").split("\n") == ["M src/index.ts", "?? src/more.ts"]


def test_diff_says_what_is_fixed(run: Run, app: Path) -> None:
    (app / "src/index.ts").write_text(MILD.replace(");", ", { signal: AbortSignal.timeout(1) });"), encoding="utf-8")
    document = json.loads(run("check", str(app), *FOUND, "--diff", "HEAD", "-f", "json").stdout)
    assert document["findings"] == []
    assert document["compared"]["fixed"] == 2
    gone = [change for change in document["compared"]["calls"] if "after" not in change]
    assert [change["entry"] for change in gone] == ["POST /orders"]


def test_diff_of_a_folder_that_the_base_does_not_have(run: Run, app: Path) -> None:
    (app / "new").mkdir()
    (app / "new/index.ts").write_text(MILD, encoding="utf-8")
    ended = run("check", str(app / "new"), "--select", WARNING, "--fail-on", "note", "--diff", "HEAD")
    assert ended.returncode == 1, ended.stderr


def test_own_rules(run: Run, app: Path) -> None:
    (app / "my-rules").mkdir()
    (app / "my-rules/one.yaml").write_text(RULE, encoding="utf-8")
    (app / "callaudit.toml").write_text('rules = ["my-rules/*.yaml"]\nselect = ["own"]\n', encoding="utf-8")
    ended = run("check", cwd=app)
    assert "my-rule" in ended.stdout
    assert "1 warning" in ended.stdout
    assert "OWN1" in run("rules", cwd=app).stdout
    assert run("explain", "my-rule", cwd=app).returncode == 0
    ended = run("test", "my-rules", cwd=app)
    assert (ended.returncode, ended.stdout) == (0, "1 rule, 4 examples as expected\n"), ended.stderr


def test_examples_that_are_not_as_expected(run: Run, tmp_path: Path) -> None:
    wrong = RULE.replace('files: {a.ts: "export {};"}', "files: {a.ts: \"fetch('https://a.test/z');\"}")
    (tmp_path / "one.yaml").write_text(wrong, encoding="utf-8")
    ended = run("test", "one.yaml", cwd=tmp_path)
    assert ended.returncode == 1
    assert ended.stdout.splitlines() == [
        "one.yaml:22: my-rule: good example: one",
        "  found where it is not expected: a.ts:1",
        "1 rule, 3 examples as expected, 1 not",
    ]


WRONG_RULES = {
    "yaml": ("id: [", "one.yaml:"),
    "write": (
        RULE.replace("SELECT file, line, endpoint FROM upstream", "DELETE FROM routes"),
        "only SELECT is possible",
    ),
    "attach": (RULE.replace("SELECT file, line, endpoint FROM upstream", "ATTACH 'x' AS y"), "only SELECT is possible"),
    "columns": (RULE.replace("file, line, endpoint", "file, endpoint"), 'it gives no column "line"'),
    "table": (RULE.replace("FROM upstream", "FROM upstraem"), "did you mean upstream?"),
    "shipped": (RULE.replace("id: my-rule", f"id: {ERROR}").replace(": my-rule", f": {ERROR}"), "is that of a rule of"),
}


@pytest.mark.parametrize("name", WRONG_RULES)
def test_a_wrong_rule(run: Run, app: Path, name: str) -> None:
    text, said = WRONG_RULES[name]
    (app / "one.yaml").write_text(text, encoding="utf-8")
    ended = run("check", str(app), "--rules", str(app / "one.yaml"))
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "nothing was analyzed" in ended.stderr
    assert ended.stdout == ""


def test_a_rule_that_runs_away_is_stopped(run: Run, app: Path) -> None:
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    endless = f"{numbers} SELECT '' AS file, max(i) AS line, '' AS endpoint FROM n"  # noqa: S608 - ours
    text = RULE.replace("SELECT file, line, endpoint FROM upstream", endless)
    (app / "one.yaml").write_text(text, encoding="utf-8")
    ended = run("check", str(app), "--rules", str(app / "one.yaml"), "--select", "own")
    assert ended.returncode == 2
    assert "query of my-rule: the query was stopped after 5 s" in ended.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ["--select", "sequental-retry"],
            '--select: there is no rule, number or group "sequental-retry"; did you mean',
        ),
        (["--ignore", "CA777"], '--ignore: there is no rule, number or group "CA777"'),
        (["--rules", "nowhere.yaml"], 'there is no file "nowhere.yaml"'),
        (["--config", "nowhere.toml"], "nowhere.toml: cannot be read: No such file"),
        (["--baseline", "nowhere.json"], "nowhere.json: cannot be read"),
        (["--baseline", "old.json"], "schema is 'callaudit/baseline/0'"),
        (["--diff", "nowhere"], "--diff nowhere: there is no such revision"),
        (["--fail-on", "fatal"], "'fatal' is not one of"),
        (["-f", "html"], "'html' is not one of"),
        (["-f", "json", "-f", "sarif"], "2 formats for 0 files"),
        (["-f", "json", "-o", "none/x.json"], "cannot be written"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_options(run: Run, app: Path, args: list[str], said: str) -> None:
    (app / "old.json").write_text('{"schema": "callaudit/baseline/0", "findings": []}', encoding="utf-8")
    for more in ([], ["--exit-zero"]):
        ended = run("check", *args, *more, cwd=app)
        assert ended.returncode == 2, ended.stdout
        assert said in ended.stderr
        assert ended.stdout == ""
        assert "Traceback" not in ended.stderr


def test_names_of_rules_in_the_configuration_have_their_line(run: Run, app: Path) -> None:
    text = 'select = ["caching",\n  "retrys"]\n\n[severity]\nuncached-raed = "off"\n'
    (app / "callaudit.toml").write_text(text, encoding="utf-8")
    ended = run("check", cwd=app)
    assert ended.returncode == 2
    assert 'callaudit.toml:5:1: severity: there is no rule with the id "uncached-raed"' in ended.stderr
    (app / "callaudit.toml").write_text(text.partition("\n\n")[0], encoding="utf-8")
    assert 'callaudit.toml:2:3: select: there is no rule, number or group "retrys"' in run("check", cwd=app).stderr


def test_names_in_a_configuration_are_all_checked_in_one_round(run: Run, app: Path) -> None:
    text = """\
    fail_on = "eror"
    select = ["retries", "retrys"]
    [severity]
    CA201 = "note"
    [scenario.x]
    actions = { "POST /order" = "-1/min" }
    pages = { "/nowhere" = 0.5 }
    conditions = { nocond = 0.5 }
    [budget]
    "POST /order" = { max_calls = 1 }
    """
    (app / "callaudit.toml").write_text(dedent(text), encoding="utf-8")
    for args in (["check"], ["load"], ["report"], ["baseline", "write"], []):
        ended = run(*args, cwd=app)
        assert ended.returncode == 2
        assert ended.stdout == ""
        *mistakes, last = ended.stderr.splitlines()
        places = [":".join(line.split(":")[1:3]) for line in mistakes]
        assert places == ["1:1", "2:22", "4:1", "6:13", "6:13", "7:11", "8:16", "10:1"]
        assert 'there is no rule with the id "CA201"; did you mean "sequential-retry"?' in mistakes[2]
        assert 'no page is called "/nowhere"' in mistakes[5]
        assert 'no condition is called "nocond"' in mistakes[6]
        assert last == "callaudit: 8 mistakes in callaudit.toml; nothing was analyzed"


def test_a_scenario_that_names_what_is_not_there_is_refused_without_budgets(run: Run, app: Path) -> None:
    (app / "callaudit.toml").write_text('[scenario.x]\npages = { "/nowhere" = 1 }\n', encoding="utf-8")
    for args in (["check"], ["report"], []):
        ended = run(*args, cwd=app)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert 'callaudit.toml:2:11: no page is called "/nowhere"' in ended.stderr


def test_mistakes_in_own_rules_and_in_the_configuration_are_said_together(run: Run, app: Path) -> None:
    (app / "callaudit.toml").write_text('fail_on = "eror"\nrules = ["none.yaml"]\n', encoding="utf-8")
    ended = run("check", cwd=app)
    assert ended.returncode == 2
    assert 'callaudit.toml:2:10: rules: there is no file "none.yaml"' in ended.stderr
    assert 'callaudit.toml:1:1: fail_on = "eror"' in ended.stderr


def test_diff_outside_of_git(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.ts").write_text(MILD, encoding="utf-8")
    ended = run("check", str(tmp_path), "--diff", "HEAD")
    assert ended.returncode == 2
    assert "this is no git repository" in ended.stderr


def test_nothing_to_analyze(run: Run, tmp_path: Path) -> None:
    ended = run("check", str(tmp_path))
    assert ended.returncode == 3


def test_an_unknown_rule_is_explained_by_the_nearest(run: Run, tmp_path: Path) -> None:
    ended = run("explain", "sequental-retry", cwd=tmp_path)
    assert ended.returncode == 2
    assert f"did you mean {ERROR}?" in ended.stderr


@pytest.mark.parametrize(
    ("name", "title"), [("text", "\nHow to fix"), ("markdown", "## How to fix"), ("json", '"fix"')]
)
def test_a_rule_is_explained_by_its_number_in_every_format(run: Run, name: str, title: str) -> None:
    ended = run("explain", "ca201", "-f", name)
    assert ended.returncode == 0
    assert ERROR in ended.stdout
    assert title in ended.stdout


BUDGET = """
rules = ["one.yaml"]
select = ["own"]

[budget]
"POST /orders" = { max_calls = 2 }
"""


def test_budgets_that_are_not_kept_are_what_rules_read(run: Run, app: Path) -> None:
    query = "SELECT file, line, budget AS endpoint FROM breaches"
    text = RULE.replace("SELECT file, line, endpoint FROM upstream", query)
    (app / "one.yaml").write_text(text, encoding="utf-8")
    (app / "callaudit.toml").write_text(BUDGET, encoding="utf-8")
    ended = run("check", cwd=app)
    assert ended.returncode == 0, ended.stderr
    assert "POST /orders is called" in ended.stdout
    (app / "callaudit.toml").write_text(BUDGET.replace("= 2", "= 3"), encoding="utf-8")
    assert "no findings" in run("check", cwd=app).stdout
    (app / "callaudit.toml").write_text(BUDGET.replace("/orders", "/order"), encoding="utf-8")
    ended = run("check", cwd=app)
    assert ended.returncode == 2
    assert 'callaudit.toml:6:1: no action is called "POST /order"; did you mean "POST /orders"?' in ended.stderr
