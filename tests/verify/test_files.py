"""What documents say of files: which words are names of files, how long files are, and what is said of absent ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callaudit.audit import audit
from callaudit.providers.load import builtin_profiles
from callaudit.providers.match import Catalogue
from callaudit.verify.ground import Ground, ground_of
from callaudit.verify.names import PATH
from callaudit.verify.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

HOOKS = """\
import { useQuery } from '@tanstack/react-query';

export function useOpenOrders() {
  return useQuery({ queryKey: ['o'], queryFn: () => fetch('https://api.test/orders'), refetchInterval: 15_000 });
}
"""
FILES = {
    "package.json": '{"dependencies": {"@tanstack/react-query": "5"}}\n',
    ".gitignore": ".env\n/tmp-data\n",
    "README.md": "# Read me\n",
    "src/hooks/usePositions.ts": HOOKS,
    "src/hooks/OrderBook.tsx": "export const a = 1;\nexport const b = 2;\n",
    "src/open.ts": "export const a = 1;\nexport const b = 2;",
    "src/strange.ts": "export const a = '\u2028\u0085\x0c';\r\nexport const b = 2;\r\n",
    "src/router.ts": "export const router = 1;\n",
    "docs/guide/intro.md": "# Intro\n",
}


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    root = tmp_path_factory.mktemp("project")
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return ground_of(root, audit(root).inventory, Catalogue(builtin_profiles()))


def fared(ground: Ground, text: str, name: str = "AUDIT.md") -> list[tuple[str, str, str]]:
    path: Path = ground.root / name
    return [(c.verdict, c.kind, c.claim) for c in verify(str(path), text, ground).claims if c.kind in ("file", "lines")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("see `src/a.ts:12-20`", [("src/a.ts", "12", "20")]),
        ("a.ts#L12-L14", [("a.ts", "12", "14")]),
        ("src/a.ts:10:5", [("src/a.ts", "10", None)]),
        ("(docs/a.md)", [("docs/a.md", None, None)]),
        ("src/app/(private)/[id]/page.tsx.", [("src/app/(private)/[id]/page.tsx", None, None)]),
        ("…/hooks/x.ts", [("hooks/x.ts", None, None)]),
        ("`*.ts`, `hooks/*.ts`, `**/*.spec.ts`, `<id>.ts`, `{name}.entity.db.ts`, `$x.ts`", []),
        ("`.env`, `.env.example`, `process.env`", []),
        ("`wallet*.json`, `*-keypair.json`, `*ModalContent.tsx`", []),
    ],
)
def test_names_of_files_are_told_from_patterns(text: str, names: list[tuple[str, str | None, str | None]]) -> None:
    assert [found.groups() for found in PATH.finditer(text)] == names


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("`src/hooks/OrderBook.tsx` (2 lines)", "confirmed"),
        ("`src/hooks/OrderBook.tsx` (3 lines)", "contradicted"),
        ("`src/hooks/OrderBook.tsx` (1 line)", "contradicted"),
        ("`src/hooks/OrderBook.tsx` (about 3 lines)", "confirmed"),
        ("`src/hooks/OrderBook.tsx:2`", "confirmed"),
        ("`src/hooks/OrderBook.tsx:3`", "contradicted"),
        ("`src/hooks/OrderBook.tsx` (lines 1-2)", "confirmed"),
        ("`src/hooks/OrderBook.tsx`, line 3", "contradicted"),
        ("line 7 of `src/hooks/OrderBook.tsx`", "contradicted"),
        ("`src/hooks/OrderBook.tsx:2-1`", "contradicted"),
        ("`src/open.ts` has 2 lines", "confirmed"),
        ("`src/open.ts` has 1 line", "unchecked"),  # what `wc -l` prints
        ("`src/open.ts` has 3 lines", "contradicted"),
        ("`src/open.ts:2`", "confirmed"),
        ("`src/open.ts:3`", "contradicted"),
        ("`src/strange.ts` has 2 lines", "confirmed"),
    ],
)
def test_lines_are_counted_in_one_way(ground: Ground, said: str, verdict: str) -> None:
    assert [(v, kind) for v, kind, _ in fared(ground, f"{said}\n")] == [(verdict, "lines")]


def test_what_was_counted_is_said(ground: Ground) -> None:
    closed, opened = verify("x.md", "`src/router.ts` has 4 lines.\n\n`src/open.ts` has 4 lines.\n", ground).claims
    assert [one.text for one in closed.evidence[1:]] == ["counted: 1 line end"]
    assert [one.text for one in opened.evidence[1:]] == ["counted: 1 line end and a last line without one"]


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("The hook is in `src/hooks/useOpenOrders.ts`.", "contradicted"),
        ("`useOpenOrders.ts` polls.", "contradicted"),  # the hook is in another file
        ("`order-book.tsx` draws the book.", "contradicted"),  # so is a file with these words
        ("Routes are in `src/routes.ts`.", "contradicted"),
        ("Routes are in `src/router.js`.", "unchecked"),  # what code imports by this name
        ("Routes are in `server/routes.ts`.", "unchecked"),  # no such folder
        ("Routes are in `routes.ts`.", "unchecked"),
        ("### `src/routes.ts`", "unchecked"),
        ("A file such as `src/routes.ts` is read.", "unchecked"),
        ("## 1.2.0\n\n- routes are in `src/routes.ts`", "unchecked"),
        ("Create `src/routes.ts`.", "unchecked"),
        ("There is no `src/routes.ts`.", "confirmed"),
        ("`src/routes.ts` does not exist.", "confirmed"),
        ("`src/hooks/useOpenOrders.ts` never polls.", "contradicted"),
        ("It is not in `src/routes.ts`.", "contradicted"),
    ],
)
def test_what_is_said_of_absent_files(ground: Ground, said: str, verdict: str) -> None:
    assert [(v, kind) for v, kind, _ in fared(ground, f"{said}\n")] == [(verdict, "file")]


@pytest.mark.parametrize(
    "said",
    [
        "Put the key into `.env` and run `node dist/index.js`.",
        "Settings are in `vercel.json`, `docker-compose.yml` and `next.config.json`.",
        "Run `cp src/one.ts src/two.ts`.",
        "It is kept in `tmp-data/prices.json`.",
        "Read `process.env` and `response.json`.",
        "See github.com/a/b/c.ts and [`x`](../../elsewhere/y.md).",
    ],
)
def test_names_that_need_not_be_of_the_repository_are_left_out(ground: Ground, said: str) -> None:
    assert fared(ground, f"{said}\n") == []


def test_paths_are_relative_to_the_document_too(ground: Ground) -> None:
    text = "See `./intro.md`, `../../src/open.ts` and `guide/intro.md`.\n"
    assert {verdict for verdict, _, _ in fared(ground, text, "docs/guide/more.md")} == {"confirmed"}


def test_a_document_of_another_tree_is_not_contradicted(ground: Ground) -> None:
    text = "".join(f"- `src/pages/page{n}.ts` draws it\n" for n in range(6))
    found = fared(ground, text)
    assert {verdict for verdict, _, _ in found} == {"unchecked"}
    assert {verdict for verdict, _, _ in fared(ground, text.split("\n")[0])} == {"contradicted"}
