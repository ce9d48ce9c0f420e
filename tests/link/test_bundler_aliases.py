"""Aliases that only the configuration of a bundler knows lead to files; what leads nowhere is told."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called

API = {"src/api/prices.js": "export const load = () => fetch('https://a.test/prices');"}
REACHED = {"GET a.test/prices": (1, 1)}

CONFIGURATIONS: dict[str, tuple[str, str, str]] = {
    "an object of Vite": (
        "vite.config.ts",
        "export default defineConfig({ resolve: { alias: { '#api': path.resolve(__dirname, './src/api') } } });",
        "#api/prices",
    ),
    "a list of Vite": (
        "vite.config.js",
        """
        const here = (folder) => fileURLToPath(new URL(folder, import.meta.url));
        export default () => ({ resolve: { alias: [{ find: '#api', replacement: here('./src/api') }] } });
        """,
        "#api/prices",
    ),
    "a pattern": (
        "vite.config.js",
        "export default { resolve: { alias: [{ find: /^#(.*)$/, replacement: `${__dirname}/src/$1` }] } };",
        "#api/prices",
    ),
    "a path from the root of Vite": (
        "vite.config.js",
        "export default { resolve: { alias: { 'own-api': '/src/api' } } };",
        "own-api/prices",
    ),
    "webpack, in a folder": (
        "config/webpack.common.js",
        """
        const path = require('path');
        const root = path.join(__dirname, '..');
        module.exports = { resolve: { alias: { Api: path.join(root, 'src', 'api') } } };
        """,
        "Api/prices",
    ),
    "one file exactly": (
        "webpack.config.js",
        "module.exports = { resolve: { alias: { prices$: require('path').resolve('src/api/prices.js') } } };",
        "prices",
    ),
    "folders of bare names": (
        "webpack.config.js",
        "module.exports = { resolve: { modules: ['src', 'node_modules'] } };",
        "api/prices",
    ),
    "set on the configuration": (
        "next.config.js",
        """
        const path = require('path');
        module.exports = {
          webpack(config) { config.resolve.alias['api'] = path.resolve('./src/api'); return config; },
        };
        """,
        "api/prices",
    ),
    "set in a chain": (
        "vue.config.js",
        """
        const path = require('path');
        const at = (folder) => path.resolve(__dirname, folder);
        module.exports = {
          chainWebpack(c) { c.resolve.alias.set('views', at('src/views')).set('api', at('src/api')); },
        };
        """,
        "api/prices",
    ),
    "a plugin of Babel": (
        "babel.config.js",
        "module.exports = { plugins: [['module-resolver', { alias: { 'own-api': './src/api' } }]] };",
        "own-api/prices",
    ),
}


def project(configuration: tuple[str, str, str]) -> Files:
    name, text, specifier = configuration
    return {**API, name: text, "main.js": f"import {{ load }} from '{specifier}';\nload();"}


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_an_alias_leads_to_a_file(name: str) -> None:
    inventory = audited(project(CONFIGURATIONS[name]))
    assert called(inventory, "script", "main.js") == REACHED
    assert not inventory.unknowns


@pytest.mark.parametrize(
    ("alias", "specifier"),
    [("'own-api': '/src/api'", "own-apis/prices"), ("prices$: '/src/api/prices'", "prices/x"), ("fs: false", "fs")],
)
def test_other_names_are_packages(alias: str, specifier: str) -> None:
    text = f"export default {{ resolve: {{ alias: {{ {alias} }} }} }};"
    inventory = audited(project(("vite.config.js", text, specifier)))
    assert not inventory.entries
    assert [call.dead for call in inventory.calls] == [True]


@pytest.mark.parametrize("file", ["vite.config.js", "settings.js"])
def test_only_a_configuration_sets_aliases(file: str) -> None:
    text = "export default { resolve: { alias: { 'own-api': './src/api' } } };"
    inventory = audited(project((file, text, "own-api/prices")))
    assert bool(inventory.entries) == (file == "vite.config.js")


def test_a_package_that_is_asked_for_is_not_looked_up_in_folders() -> None:
    files = project(("webpack.config.js", "module.exports = { resolve: { modules: ['src'] } };", "api/prices"))
    inventory = audited({**files, "package.json": '{"dependencies": {"api": "1"}}'})
    assert not inventory.entries


@pytest.mark.parametrize("target", ["path.resolve(__dirname, 'src/generated')", "folders.api"])
def test_an_alias_that_leads_nowhere_is_told(target: str) -> None:
    text = f"export default {{ resolve: {{ alias: {{ 'own-api': {target} }} }} }};"
    inventory = audited(project(("vite.config.js", text, "own-api/prices")))
    assert [(one.file, one.what) for one in inventory.unknowns] == [("main.js", "own-api/prices")]


@pytest.mark.parametrize(
    ("alias", "is_known"),
    [
        ("process.argv[2] ? { 'own-api': '/src/other' } : { 'own-api': '/src/api' }", False),
        ("[{ find: 'own-api', replacement: '/src/api' }, { find: 'own-api', replacement: './src/other' }]", False),
        ("process.argv[2] ? { 'own-api': './src/api' } : { 'own-api': '/src/api' }", True),
        ("{ 'own-api': '/src/api', 'own-api/other': '/src/other' }", True),
    ],
)
def test_an_alias_that_leads_to_several_places_is_told(alias: str, is_known: bool) -> None:
    text = f"export default {{ resolve: {{ alias: {alias} }} }};"
    files = project(("vite.config.js", text, "own-api/prices"))
    inventory = audited({**files, "src/other/prices.js": "export const load = () => fetch('https://b.test/prices');"})
    assert bool(inventory.unknowns) is not is_known
    assert [reach.host for entry in inventory.entries for reach in entry.reaches] == ["a.test"] * is_known


def test_an_alias_holds_in_its_own_package() -> None:
    text = "export default { resolve: { alias: { api: '/src/api' } } };"
    main = "import { load } from 'api/prices';\nload();"
    package = '{"name": "x"}'
    files = {"a/package.json": package, "a/vite.config.js": text, "a/src/api/prices.js": API["src/api/prices.js"]}
    inventory = audited({**files, "a/main.js": main, "b/package.json": package, "b/main.js": main})
    assert [(one.file, len(one.reaches)) for one in inventory.entries if one.reaches] == [("a/main.js", 1)]
