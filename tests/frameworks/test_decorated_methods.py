"""Methods that nothing calls but a package: it decorates them."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, brief, cases

HTTP = "@Injectable() export class Http { one() { return fetch('https://a.test/one'); } }\n"
HEAD = f"import {{ Injectable }} from '@nestjs/common';\n{HTTP}"
ONE = {"GET a.test/one": (1, 1)}

METHODS = {
    "command of a bot": "import { Update, Command } from 'nestjs-telegraf';\n@Update() export class Bot { constructor(private http: Http) {} @Command('start') async start() { await this.http.one(); } }",
    "message of a queue": "import { MessagePattern } from '@nestjs/microservices';\n@Injectable() export class Bot { constructor(private http: Http) {} @MessagePattern('a') async start() { await this.http.one(); } }",
    "field of a query": "import * as gql from 'type-graphql';\n@gql.Resolver() export class Bot { constructor(private http: Http) {} @gql.Query() async start() { await this.http.one(); } }",
    "one of two decorators": "import { Log } from './log';\nimport { On } from 'discordx';\nexport class Bot { http = new Http(); @Log() @On() async start() { await this.http.one(); } }",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(METHODS))
def test_a_method_that_a_package_runs(name: str) -> None:
    log = "export const Log = () => (target: any) => target;"
    inventory = audited({"package.json": "{}", "src/bot.ts": HEAD + METHODS[name], "src/log.ts": log})
    (found,) = inventory.entries
    assert (found.kind, found.name, found.origin, brief(found)) == ("action", "Bot.start", "server", ONE)
    (trigger,) = inventory.triggers
    assert (trigger.kind, trigger.entry, trigger.why.startswith("it runs whenever ")) == ("event", "Bot.start", True)
    assert not any(call.dead for call in inventory.calls)


NONE = {
    "its own decorator": "const Log = () => (target: any) => target;\nexport class Bot { http = new Http(); @Log() async start() { await this.http.one(); } }",
    "no decorator": "export class Bot { http = new Http(); async start() { await this.http.one(); } }",
    "called by its class": "import { Retry } from 'tries';\nexport class Bot { http = new Http(); @Retry() async start() { await this.http.one(); } again() { return this.start(); } }",
    "no request": "import { On } from 'discordx';\nexport class Bot { @On() async start() { console.log(1); } }",
    "a component": "import { Component, HostListener } from '@angular/core';\n@Component({}) export class Bot { http = new Http(); @HostListener('x') async start() { await this.http.one(); } }",
}  # fmt: skip


@pytest.mark.parametrize("name", NONE)
def test_a_method_that_no_package_runs(name: str) -> None:
    inventory = audited({"package.json": "{}", "src/bot.ts": HEAD + NONE[name]})
    assert not any(one.kind == "action" for one in inventory.entries)


def test_a_method_that_is_called_where_its_class_is_known() -> None:
    bot = "import { Span } from 'tracing';\nexport class Bot { http = new Http(); @Span() async start() { await this.http.one(); } }"
    files = {"package.json": "{}", "src/bot.ts": HEAD + bot, "src/index.ts": "export * from './bot';"}
    inventory = audited(
        {**files, "main.ts": "import { Bot } from './src';\nconst bot = new Bot();\nawait bot.start();"}
    )
    assert [(one.kind, brief(one)) for one in inventory.entries] == [("script", ONE)]
