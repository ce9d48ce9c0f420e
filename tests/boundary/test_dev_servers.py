"""Paths that the server of a bundler hands on to another server."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, called, cases, entry

PACKAGE = {"package.json": '{"name": "x", "dependencies": {"react": "18.0.0", "vite": "5.0.0"}}'}
APP = {
    **PACKAGE,
    "index.html": '<div id="root"></div><script type="module" src="/src/main.tsx"></script>',
    "src/main.tsx": "import { createRoot } from 'react-dom/client';\nimport { App } from './App';\ncreateRoot(document.getElementById('root')!).render(<App />);",
    "src/App.tsx": "import { useEffect } from 'react';\nexport function App() { useEffect(() => { void fetch('/api/up/prices?x=1'); }, []); return null; }",
}

CONFIGS: dict[str, tuple[str, str, str]] = {
    "a function": ("vite.config.ts", "import { defineConfig } from 'vite';\nexport default defineConfig({ server: { proxy: { '/api/up': { target: 'https://up.test/v2', changeOrigin: true, rewrite: (path) => path.replace(/^\\/api\\/up/, '') } } } });", "GET up.test/v2/prices"),
    "a function of the configuration": ("vite.config.ts", "import { defineConfig } from 'vite';\nexport default defineConfig(({ mode }) => ({ server: { proxy: { '/api': { target: 'https://up.test', rewrite: (p) => p.replace('/api', '/v1') } } } }));", "GET up.test/v1/up/prices"),
    "a text": ("vite.config.js", "export default { server: { proxy: { '/api': 'https://up.test' } } };", "GET up.test/api/up/prices"),
    "a pattern": ("vite.config.js", "export default { preview: { proxy: { '^/api/.*': { target: 'https://up.test/', changeOrigin: true } } } };", "GET up.test/api/up/prices"),
    "a variable or what it is else": ("vite.config.js", "export default { server: { proxy: { '/api/up': { target: process.env.UP ? `${process.env.UP}/v3` : 'https://up.test/v2', rewrite: (path) => path.replace(/^\\/api\\/up/, '') } } } };", "GET up.test/v2/prices"),
    "webpack": ("webpack.config.js", "module.exports = { devServer: { proxy: { '/api': { target: 'https://up.test', pathRewrite: { '^/api': '' } } } } };", "GET up.test/up/prices"),
    "webpack 5": ("webpack.config.js", "module.exports = { devServer: { proxy: [{ context: ['/auth', '/api'], target: 'https://up.test', pathRewrite: { '^/api/up': '/v4' } }] } };", "GET up.test/v4/prices"),
    "vue": ("vue.config.js", "module.exports = { devServer: { proxy: { '/api': { target: 'https://up.test' } } } };", "GET up.test/api/up/prices"),
    "another path": ("vite.config.js", "export default { server: { proxy: { '/other': 'https://up.test' } } };", "GET same-origin/api/up/prices"),
    "sockets": ("vite.config.js", "export default { server: { proxy: { '/api': { target: 'wss://up.test', ws: true } } } };", "GET same-origin/api/up/prices"),
    "the machine itself": ("vite.config.js", "export default { server: { proxy: { '/api': 'http://localhost:3000' } } };", "GET same-origin/api/up/prices"),
    "the machine itself, by its address": ("vite.config.js", "export default { server: { proxy: { '/api': 'http://127.0.0.1:3000' } } };", "GET same-origin/api/up/prices"),
    "a part of a pattern": ("webpack.config.js", "module.exports = { devServer: { proxy: { '/api': { target: 'https://up.test', pathRewrite: { '^/api': '/v1/$1' } } } } };", "GET same-origin/api/up/prices"),
    "another container": ("vite.config.js", "export default { server: { proxy: { '/api': 'http://backend:3000' } } };", "GET same-origin/api/up/prices"),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(CONFIGS))
def test_what_a_bundler_hands_on(name: str) -> None:
    file, config, expected = CONFIGS[name]
    assert called(audited({**APP, file: config}), "page", "/").keys() == {expected}


def test_the_server_asks_for_what_it_hands_on() -> None:
    file, config, _ = CONFIGS["a text"]
    (reach,) = entry(audited({**APP, file: config}), "/", "page").reaches
    assert (reach.origin, reach.site.file, reach.via[-1].function) == ("server", file, "→ proxy /api")


def test_a_path_that_is_changed_leads_to_a_route_of_the_repository() -> None:
    config = "export default { server: { proxy: { '/api': { target: 'http://localhost:3000', rewrite: (path) => path.replace(/^\\/api/, '') } } } };"
    server = {
        "server/package.json": '{"name": "server", "dependencies": {"express": "4.0.0"}}',
        "server/main.js": "const express = require('express');\nconst app = express();\napp.get('/up/prices', async (req, res) => { res.json(await (await fetch('https://own.test/one')).json()); });\napp.listen(3000);",
    }
    inventory = audited({**APP, **server, "vite.config.js": config})
    assert called(inventory, "page", "/").keys() == {"GET own.test/one"}


def test_a_change_that_is_not_followed_is_said() -> None:
    config = "import { changed } from 'elsewhere';\nexport default { server: { proxy: { '/api': { target: 'https://up.test', rewrite: (path) => changed(path) } } } };"
    inventory = audited({**APP, "vite.config.js": config})
    assert called(inventory, "page", "/").keys() == {"GET same-origin/api/up/prices"}
    assert [(gap.file, gap.what) for gap in inventory.unknowns if "proxy" in gap.what] == [
        ("vite.config.js", "the proxy of /api")
    ]
