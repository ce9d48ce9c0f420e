"""The pre-commit hook, the GitHub Action and the wheel, run as their users run them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.cli.conftest import ROOT, environment
from tests.project.test_revision import commit, git
from tests.rules.conftest import PACKAGE, RETRY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ERROR = "sequential-retry"
MODULE = f'"{sys.executable}" -m callaudit'


@pytest.fixture
def app(tmp_path: Path) -> Path:
    root = tmp_path / "app"
    commit(root, {"package.json": PACKAGE, "src/index.ts": RETRY, "README.md": "x\n"})
    return root


def precommit(root: Path, tmp_path: Path, *files: str) -> subprocess.CompletedProcess[str]:
    """Run the real pre-commit with our hook; the program is that of this checkout, so nothing is installed."""
    hooks = tmp_path / "hooks"
    if not hooks.exists():
        commit(hooks, {".pre-commit-hooks.yaml": (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")})
        revision = git(hooks, "rev-parse", "HEAD")
        hook = {"id": "callaudit", "language": "system", "entry": f"{MODULE} check", "args": ["--select", ERROR]}
        config = {"repos": [{"repo": str(hooks), "rev": revision, "hooks": [hook]}]}
        (root / ".pre-commit-config.yaml").write_text(json.dumps(config), encoding="utf-8")
        git(root, "add", ".pre-commit-config.yaml")
    env = environment({"PRE_COMMIT_HOME": str(tmp_path / "home"), "PRE_COMMIT_COLOR": "never"})
    command = [sys.executable, "-m", "pre_commit", "run", "--verbose", "--files", *files]
    return subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)


def test_the_pre_commit_hook(app: Path, tmp_path: Path) -> None:
    pytest.importorskip("pre_commit")
    ended = precommit(app, tmp_path, "src/index.ts", "package.json")
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert ended.stdout.count(ERROR) == 1, "it runs once, on the whole repository"
    assert "exit code: 1" in ended.stdout
    (app / "src/index.ts").write_text("export const a = 1;\n", encoding="utf-8")
    ended = precommit(app, tmp_path, "src/index.ts")
    assert ended.returncode == 0, ended.stdout
    assert "no findings" in ended.stdout
    assert "(no files to check)Skipped" in precommit(app, tmp_path, "README.md").stdout


def steps() -> list[dict[str, Any]]:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert action["runs"]["using"] == "composite"
    found: list[dict[str, Any]] = action["runs"]["steps"]
    return found


def run_action(root: Path, tmp_path: Path, inputs: Mapping[str, str], source: Path = ROOT) -> dict[str, str]:
    """Run the steps as the runner does: `bash -e` on a file, inputs in the environment, outputs in files."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert set(inputs) <= set(action["inputs"])
    given = {name: inputs.get(name, item.get("default", "")) for name, item in action["inputs"].items()}
    places = {"RUNNER_TEMP": tmp_path / "runner", "GITHUB_OUTPUT": tmp_path / "output"}
    places["GITHUB_STEP_SUMMARY"] = tmp_path / "summary.md"
    places["RUNNER_TEMP"].mkdir(exist_ok=True)
    places["GITHUB_OUTPUT"].write_text("", encoding="utf-8")
    told = {"code": "0", "stdout": "", "stderr": ""}
    for step in steps():
        values = {name: expression(value, given, source) for name, value in step["env"].items()}
        script = tmp_path / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        env = environment({**values, **{name: str(path) for name, path in places.items()}})
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        ended = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
        told = {"code": str(ended.returncode), "stdout": ended.stdout, "stderr": ended.stderr}
        if ended.returncode:
            break
    return told | {name.lower(): path.read_text(encoding="utf-8") for name, path in places.items() if path.is_file()}


def expression(value: str, inputs: Mapping[str, str], source: Path) -> str:
    """Evaluate what the Action uses of the language of workflows."""
    found = re.fullmatch(r"\$\{\{ (?:inputs\.([a-z-]+)|github\.action_path) \}\}", value)
    assert found is not None, value
    return inputs[found[1]] if found[1] else str(source)


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """A python whose virtual environments hold this checkout, so that nothing is installed."""
    path = tmp_path / "python"
    path.write_text(
        '#!/bin/sh\nmkdir -p "$3/bin"\nprintf \'#!/bin/sh\\necho "$@" > "%s"\\n\' "$3/pip-ran" > "$3/bin/pip"\n'
        f'printf \'#!/bin/sh\\nexec {MODULE} "$@"\\n\' > "$3/bin/callaudit"\n'
        'chmod +x "$3/bin/pip" "$3/bin/callaudit"\n',
        encoding="utf-8",
    )
    path.chmod(0o755)
    return path


posix = pytest.mark.skipif(os.name != "posix", reason="needs bash")


@posix
def test_the_action(app: Path, tmp_path: Path, python: Path) -> None:
    told = run_action(app, tmp_path, {"python": str(python), "sarif": "out.sarif"})
    assert told["code"] == "1", told
    assert "::error file=src/index.ts,line=5," in told["stdout"]
    assert told["github_output"] == "exit-code=1\n"
    assert f"`{ERROR}`" in told["github_step_summary"]
    assert json.loads((app / "out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert (tmp_path / "runner/callaudit/pip-ran").read_text(encoding="utf-8").split()[-1] == str(ROOT)


@posix
@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"fail-on": "never"}, "0"),
        ({"diff": "HEAD"}, "0"),
        ({"path": "src"}, "1"),
        ({"path": "nowhere"}, "2"),
        ({"config": "nowhere.toml"}, "2"),
        ({"diff": '"; touch pwned; "'}, "2"),
        ({"path": "$(touch pwned)"}, "2"),
        ({"fail-on": "never --exit-zero"}, "2"),
    ],
    ids=str,
)
def test_inputs_of_the_action_are_values(
    app: Path, tmp_path: Path, python: Path, inputs: dict[str, str], code: str
) -> None:
    told = run_action(app, tmp_path, {"python": str(python), **inputs})
    assert (told["code"], told["github_output"]) == (code, f"exit-code={code}\n"), told
    assert not list(tmp_path.rglob("pwned"))


def test_no_script_of_the_action_holds_an_expression() -> None:
    assert [step["name"] for step in steps() if "${{" in step["run"]] == []


def test_the_wheel_has_all_that_check_needs(app: Path, tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path / "wheel"), str(ROOT)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if built.returncode:
        pytest.skip(f"pip cannot build a wheel here: {built.stderr.strip().splitlines()[-1:]}")
    (wheel,) = (tmp_path / "wheel").glob("*.whl")
    place = tmp_path / "venv"
    venv.create(place, with_pip=False)
    binaries = place / ("Scripts" if os.name == "nt" else "bin")
    site = subprocess.run(
        [binaries / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    # What the wheel depends on is taken from here; callaudit itself must not be.
    installed = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", site, str(wheel)]
    subprocess.run(installed, check=True, capture_output=True)
    here = next(path for path in sys.path if path.endswith("site-packages"))
    run = f"import sys; sys.path.append({here!r}); from callaudit.__main__ import main; main()"
    env = {name: value for name, value in environment({}).items() if name != "PYTHONPATH"}

    def callaudit(*args: str) -> subprocess.CompletedProcess[str]:
        command = [str(binaries / "python"), "-c", run, *args]
        return subprocess.run(command, cwd=app, env=env, capture_output=True, text=True, check=False)

    checked = callaudit("check", "--select", ERROR)
    assert checked.returncode == 1, checked.stderr
    assert ERROR in checked.stdout
    assert callaudit("explain", "CA201").returncode == 0
    assert "fail_on" in callaudit("config", "--schema").stdout
    tested = callaudit("test")
    assert tested.returncode == 0, tested.stdout
