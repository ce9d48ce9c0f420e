"""What opening a file of the tree gives, and what it must never do."""

from __future__ import annotations

import codecs
import os
from typing import TYPE_CHECKING

import pytest

from callaudit.audit import audit
from callaudit.project import Notice, looks_bundled, looks_minified, read_source

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "export const a = 'é';\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", b""),
        (TEXT.encode(), TEXT.encode()),
        (codecs.BOM_UTF8 + TEXT.encode(), TEXT.encode()),
        (TEXT.encode("utf-16"), TEXT.encode()),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), TEXT.encode()),
        (TEXT.encode("utf-32"), TEXT.encode()),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a", "\ufffd".encode()),
        (b"a = '\xff\xfe';", b"a = '\xff\xfe';"),
        (b"a" * 9000 + b"\0", b"a" * 9000 + b"\0"),
    ],
)
def test_text_becomes_utf8(root: Path, data: bytes, expected: bytes) -> None:
    (root / "a.ts").write_bytes(data)
    assert read_source(str(root), "a.ts", 10_000) == expected


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"a\0b", "binary"),
        (TEXT.encode("utf-16-le"), "binary"),
        (b"x" * 101, "too large"),
        (b'<?xml version="1.0"?><TS></TS>', "not source"),
        (b"version https://git-lfs.github.com/spec/v1\noid", "not fetched"),
    ],
)
def test_other_content_is_a_notice(root: Path, data: bytes, what: str) -> None:
    (root / "a.ts").write_bytes(data)
    answer = read_source(str(root), "a.ts", 100)
    assert isinstance(answer, Notice)
    assert (answer.path, answer.what) == ("a.ts", what)
    assert (answer.why != "") is True


def test_nothing_but_a_regular_file_inside_is_opened(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.ts").write_text("secret")
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "x.ts").write_text("secret")
    (root / "out.ts").symlink_to(tmp_path / "secret.ts")
    (root / "outdir").symlink_to(tmp_path / "lib")
    (root / "zero.ts").symlink_to("/dev/zero")
    (root / "self.ts").symlink_to("self.ts")
    (root / "folder.ts").mkdir()
    os.mkfifo(root / "pipe.ts")
    names = {
        "out.ts": "symlink outside", "zero.ts": "symlink outside", "self.ts": "symlink outside",
        "outdir/x.ts": "outside", "../secret.ts": "outside", str(tmp_path / "secret.ts"): "outside",
        "folder.ts": "special file", "pipe.ts": "special file", "none.ts": "vanished", "none/x.ts": "outside",
        "a\0.ts": "unreadable", "n" * 300 + ".ts": "unreadable", "d/" * 3000 + "x.ts": "outside",
    }  # fmt: skip
    for name, what in names.items():
        answer = read_source(str(root), name, 1000)
        assert isinstance(answer, Notice), name
        assert answer.what == what, name


def test_links_that_stay_inside_are_followed(root: Path) -> None:
    (root / "src").mkdir()
    (root / "src" / "a.ts").write_bytes(b"a")
    (root / "alias.ts").symlink_to("src/a.ts")
    (root / "link").symlink_to("src")
    assert read_source(str(root), "alias.ts", 10) == b"a"
    assert read_source(str(root), "link/a.ts", 10) == b"a"


def test_minified_code_is_told_from_long_strings_and_from_code() -> None:
    assert looks_minified(b"!function(e,t){return f(1);}" * 200)
    assert looks_minified(b"/* licence */\n" + b"f(1);" * 2000)
    assert not looks_minified(b"f(1);" * 20)
    assert not looks_minified(b"function f() {\n  return g(1);\n}\n" * 500)
    assert not looks_minified(
        b"const image = 'data:image/png;base64," + b"iVBORw0KGgoAAAANSUhEUg" * 500 + b"';\nf();\n"
    )
    assert not looks_minified(b"export const rows = [" + b"1234, 5678, " * 500 + b"];\n")
    assert not looks_minified(b"")


def test_minified_files_are_skipped_with_their_place(tmp_path: Path) -> None:
    """What a bundler has written is no program of its own; the file beside it is."""
    (tmp_path / "app.ts").write_text('fetch("https://a.test/x");\n')
    (tmp_path / "chunk.1f.js").write_text('fetch("https://b.test/y");' * 100)
    inventory = audit(tmp_path).inventory
    assert [reach.host for entry in inventory.entries for reach in entry.reaches] == ["a.test"]
    assert [(one.file, one.what) for one in inventory.notices] == [("chunk.1f.js", "minified")]
    assert inventory.files.skipped == 1


@pytest.mark.parametrize("name", ["chunk.1f.ts", "chunk.tsx", "chunk.jsx", "chunk.mts"])
def test_long_lines_that_no_bundler_writes_are_code(tmp_path: Path, name: str) -> None:
    """Bundlers write JavaScript: what is long in another language somebody has written so."""
    (tmp_path / name).write_text('fetch("https://b.test/y");' * 100)
    inventory = audit(tmp_path).inventory
    assert {reach.host for entry in inventory.entries for reach in entry.reaches} == {"b.test"}
    assert (inventory.notices, inventory.files.skipped) == ((), 0)


BUNDLES = {
    "by esbuild": b"// node_modules/a/index.js\nfunction a() {}\n// ../../node_modules/@b/c/d.mjs\nfunction b() {}\n",
    "by webpack for development": b'/***/ "./node_modules/a/x.js":\nf();\n/***/ "./node_modules/b/x.js":\ng();\n',
    "by webpack": b"/******/ (() => { // webpackBootstrap\n/******/ \tvar __webpack_modules__ = ({\n",
}
ONES_OWN = {
    "one remark": b"// node_modules/a/index.js\nfetch('https://b.test/y');\n",
    "a list of files": b"// read by:\n// node_modules/a/x.js\n// node_modules/b/y.js\n// and others\nf();\n",
    "remarks in a line": b"f(); // node_modules/a\ng(); // node_modules/b\n",
    "sentences": b"// node_modules/ is left out here\n// node_modules/ is read by nobody\n",
    "strings": b"f('node_modules/a');\nf('node_modules/b');\n",
    "of its own files": b"// src/a.ts\nfunction a() {}\n// src/b.ts\nfunction b() {}\n",
    "for webpack": b"if (__webpack_modules__[id]) f(__webpack_require__(id));\n",
}


@pytest.mark.parametrize("name", BUNDLES)
def test_what_bundlers_put_together_is_told_from_code(name: str) -> None:
    assert looks_bundled(BUNDLES[name])


@pytest.mark.parametrize("name", ONES_OWN)
def test_code_that_speaks_of_packages_is_no_bundle(name: str) -> None:
    assert not looks_bundled(ONES_OWN[name])


def test_bundles_are_skipped_with_their_place(tmp_path: Path) -> None:
    (tmp_path / "app.ts").write_text('fetch("https://a.test/x");\n')
    (tmp_path / "tool.js").write_bytes(b"fetch('https://b.test/y');\n" + BUNDLES["by esbuild"])
    inventory = audit(tmp_path).inventory
    assert [reach.host for entry in inventory.entries for reach in entry.reaches] == ["a.test"]
    assert [(one.file, one.what) for one in inventory.notices] == [("tool.js", "bundled")]
    assert inventory.files.skipped == 1
