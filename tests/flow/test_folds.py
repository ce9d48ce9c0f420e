"""Lists that are folded: what each round is handed, and what is left in the end."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import cases, run

ONE = {"GET a.test/one": (1, 1)}
FOLDS = {
    "functions": "const through = (...all: any[]) => (first: any) => all.reduce((value, f) => f(value), first);"
    " through((p: string) => 'https://a.test' + p, (u: string) => fetch(u))('/one');",
    "promises": "await ['/one'].reduce((last, p) => last.then(() => fetch('https://a.test' + p)), Promise.resolve());",
}


@pytest.mark.parametrize("name", cases(FOLDS))
def test_each_round_is_handed_what_the_last_one_gave(name: str) -> None:
    assert run(FOLDS[name]) == ONE


def test_parts_of_a_path_are_filled_in() -> None:
    source = """
        const build = (path: string, params: Record<string, string>) =>
          Object.entries(params).reduce((text, [key, value]) => text.replace(`:${key}`, value), path);
        fetch("https://a.test" + build("/items/:id/one", { id: process.argv[2] }));
        """
    assert run(source) == {"GET a.test/items/{}/one": (1, 1)}


def test_what_a_list_of_data_is_folded_to_is_not_known() -> None:
    source = "const ids = JSON.parse('x'); fetch(ids.reduce((text, id) => text + id, 'https://a.test/'));"
    assert "GET a.test/" not in run(source)


def test_a_handler_of_failures_is_handed_an_error() -> None:
    source = """
        const done = (error: any) => { if (!error) fetch("https://a.test/two"); };
        fetch("https://a.test/one").catch(done);
        """
    assert run(source) == ONE


CONTAINERS = {
    "tsyringe": ("import { container, injectable } from 'tsyringe';", "container.resolve(App).run();"),
    "typedi": ("import { Container, Service as injectable } from 'typedi';", "Container.get(App).run();"),
    "inversify": (
        "import { Container, injectable } from 'inversify';",
        "const all = new Container(); all.bind(App).toSelf(); all.get(App).run();",
    ),
    "nest": (
        "import { NestFactory } from '@nestjs/core'; import { Injectable as injectable } from '@nestjs/common';",
        "const app = await NestFactory.createApplicationContext(App); app.get(App).run();",
    ),
    "nest, handed over": (
        "import { NestFactory } from '@nestjs/core'; import { Injectable as injectable } from '@nestjs/common';",
        "const task = async (app: any) => { const one = await app.resolve(App); await one.run(); };\nconst app = await NestFactory.create(App); await task(app);",
    ),
    "nest, by its type": (
        "import { ModuleRef } from '@nestjs/core'; import { Injectable as injectable } from '@nestjs/common';",
        "async function task(from: ModuleRef) { await from.get(App).run(); }\ntask(JSON.parse(process.argv[2]));",
    ),
}


@pytest.mark.parametrize("name", cases(CONTAINERS))
def test_a_container_gives_an_object_of_the_class(name: str) -> None:
    head, asked = CONTAINERS[name]
    source = f"""
        {head}
        @injectable() class Http {{ get(p: string) {{ return fetch("https://a.test" + p); }} }}
        @injectable() class App {{ constructor(private http: Http) {{}} run() {{ return this.http.get("/one"); }} }}
        {asked}
        """
    assert run(source) == ONE


def test_a_map_is_no_container() -> None:
    source = """
        class App { run() { return fetch("https://a.test/one"); } }
        const names = new Map<unknown, string>();
        console.log(names.get(App));
        """
    assert run(source) == {}


@pytest.mark.parametrize("how", ["go.call(api, '/one')", "go.apply(api, ['/one'])", "go.bind(api)('/one')"])
def test_a_function_is_handed_its_receiver(how: str) -> None:
    source = "function go(path) { return fetch(this.base + path); }\nconst api = { base: 'https://a.test' };\n"
    assert run(source + how + ";") == ONE


WITHOUT_A_START = {
    "text": "const parts = ['https://a.test', 'one']; fetch(parts.reduce((all, part) => `${all}/${part}`));",
    "objects": "fetch([{}, { url: 'https://a.test/one' }].reduce((a, b) => Object.assign({}, a, b)).url);",
    "one item": "fetch(['https://a.test/one'].reduce((all, part) => all + part));",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(WITHOUT_A_START))
def test_without_a_start_the_first_item_is_it(name: str) -> None:
    assert run(WITHOUT_A_START[name]) == ONE


MERGED = {
    "config.ts": """
        interface Options { api: { url: string; on: boolean } }
        const usual: Options = { api: { url: "https://a.test/one", on: false } };
        const saved = require(process.argv[2]);
        class Chosen {
          api: Options["api"];
          constructor() { this.api = this.both(saved, usual).api; }
          both(...layers: any[]): Options {
            return layers.reduce((upper, lower) => {
              for (const name of Object.keys(upper)) { lower[name] = { ...lower[name], ...upper[name] }; }
              return lower;
            });
          }
        }
        export const chosen = new Chosen();
        """
}


def test_what_a_file_may_say_otherwise_decides_nothing() -> None:
    """Defaults are what is known of settings; that one of them is off does not turn anything off for sure."""
    source = 'import { chosen } from "./config"; if (chosen.api.on) { await fetch(chosen.api.url); }'
    assert run(source, MERGED) == {"GET a.test/one": (0, 1)}
