"""Components of modules that nothing imports but `import()`."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, entry

_PACKAGE = '{"name": "x", "dependencies": {"next": "14.0.0", "react": "18"}}'
_PAGE = """
import Widget from "../widgets/widget";
export default function Home() { return <main><Widget widget={{}} /></main>; }
"""
_MADE = {
    "next/dynamic": 'import dynamic from "next/dynamic";',
    "React.lazy": 'import { lazy as dynamic } from "react";',
}


def _widgets(names: list[str]) -> Files:
    return {
        f"widgets/{name}.jsx": f"""
export default function Widget{name}() {{ fetch("/api/{name}"); return <p />; }}
"""
        for name in names
    }


def _project(names: list[str], made: str, shown: str) -> Files:
    parts = ", ".join(f'{name}: dynamic(() => import("./{name}"))' for name in names)
    return {
        "package.json": _PACKAGE,
        "pages/index.jsx": _PAGE,
        "widgets/widget.jsx": f"""
{made}
const parts = {{ {parts} }};
export default function Widget({{ widget }}) {{ {shown} }}
""",
        **_widgets(names),
    }


@pytest.mark.parametrize("made", _MADE)
def test_a_module_that_is_loaded_when_it_is_shown(made: str) -> None:
    found = audited(_project(["one"], _MADE[made], "const Shown = parts.one; return <Shown />;"))
    assert called(found, "page", "/") == {"GET same-origin/api/one": (1, 1)}


def test_one_of_many_modules() -> None:
    names = [f"part{number}" for number in range(60)]
    shown = "const Shown = parts[widget.type]; if (Shown) return <Shown />; return <p />;"
    found = audited(_project(names, _MADE["next/dynamic"], shown))
    assert called(found, "page", "/") == {f"GET same-origin/api/{name}": (0, 1) for name in names}
    assert not any(item.dead for item in found.entries)


def test_another_module_is_not_mounted() -> None:
    found = audited(_project(["one", "two"], _MADE["next/dynamic"], "const Shown = parts.one; return <Shown />;"))
    assert called(found, "page", "/") == {"GET same-origin/api/one": (1, 1)}
    assert entry(found, "Widgettwo").dead


def _computed(path: str) -> Files:
    shown = f"const Shown = dynamic(() => import({path})); return <Shown />;"
    files = {
        "package.json": _PACKAGE,
        "pages/index.jsx": _PAGE,
        "widgets/widget.jsx": f"""
import dynamic from "next/dynamic";
export default function Widget({{ widget }}) {{ {shown} }}
""",
    }
    for name in ("parts/one", "parts/two", "others/three", "parts/deep/four"):
        files[f"widgets/{name}.jsx"] = _widgets([name])[f"widgets/{name}.jsx"].replace(f"Widget{name}", "Part")
    files["widgets/parts/one.test.jsx"] = files["widgets/parts/one.jsx"].replace("parts/one", "test")
    return files


@pytest.mark.parametrize(
    "path", ["`./parts/${widget.type}`", "`./parts/${widget.type}.jsx`", "/* @vite-ignore */ `./parts/${widget.type}`"]
)
def test_a_computed_path_may_load_every_module_that_it_fits(path: str) -> None:
    found = audited(_computed(path))
    assert called(found, "page", "/") == {f"GET same-origin/api/parts/{name}": (0, 1) for name in ("one", "two")}


def test_a_computed_path_without_a_folder_loads_nothing_that_is_known() -> None:
    assert not audited(_computed("`${widget.type}`")).entries or "/" not in {
        item.name for item in audited(_computed("`${widget.type}`")).entries if item.reaches
    }
