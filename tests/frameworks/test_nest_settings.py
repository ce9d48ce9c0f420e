"""NestJS: settings with declared defaults, configuration services of one's own, and what providers give for a token."""
# ruff: noqa: E501, ISC004 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, brief, cases, entry

CONTROLLER = (
    "import { Controller, Get, Inject } from '@nestjs/common'; import { Service } from './service';"
    " @Controller() export class C { constructor(private readonly service: Service) {} @Get('x') x() { return this.service.one(); } }"
)
SERVICE = (
    "import { Injectable } from '@nestjs/common'; import { ConfigService } from './config'; @Injectable() export class Service {"
    " private base: string; constructor(config: ConfigService) { this.base = config.get('API_URL'); } one() { return fetch(this.base + '/one'); } }"
)
OWN = "import { ConfigService } from '@nestjs/config'; export { ConfigService };"
MODULE = (
    "import { Module } from '@nestjs/common'; import { ConfigModule } from '@nestjs/config'; import { C } from './c'; import { Service } from './service';"
    " %s @Module({ imports: [ConfigModule.forRoot({ isGlobal: true, %s })], controllers: [C], providers: [Service] }) export class AppModule {}"
)


def route_x(files: dict[str, str]) -> dict[str, tuple[int, int | None]]:
    return brief(entry(audited({"c.ts": CONTROLLER, "service.ts": SERVICE, "config.ts": OWN, **files}), "GET /x"))


HTTP = (
    "import { Module, Injectable, Controller, Get } from '@nestjs/common'; import { HttpModule, HttpService } from '@nestjs/axios'; import { ConfigService } from '@nestjs/config';"
    " @Injectable() export class Feed { constructor(private readonly http: HttpService) {} one() { return this.http.get('/one'); } }"
    " @Controller() export class C { constructor(private readonly feed: Feed) {} @Get('x') x() { return this.feed.one(); } } %s"
)
MODULES = {
    "register": "@Module({ imports: [HttpModule.register({ baseURL: 'https://a.test', timeout: 4000 })], controllers: [C], providers: [Feed] }) export class M {}",
    "registerAsync": "@Module({ imports: [HttpModule.registerAsync({ inject: [ConfigService], useFactory: (config: ConfigService) => ({ baseURL: config.get('X_URL') ?? 'https://a.test', timeout: 4000 }) })], controllers: [C], providers: [Feed] }) export class M {}",
    "a module that hands it on": "@Module({ imports: [HttpModule.register({ baseURL: 'https://a.test', timeout: 4000 })], exports: [HttpModule] }) export class Http {} @Module({ imports: [Http], controllers: [C], providers: [Feed] }) export class M {}",
    "a class under a token": "@Module({ imports: [HttpModule.register({ baseURL: 'https://a.test', timeout: 4000 })], controllers: [C], providers: [{ provide: Feed, useClass: Feed }] }) export class M {}",
}


@pytest.mark.parametrize("name", MODULES)
def test_options_of_the_module_that_lists_a_class(name: str) -> None:
    found = audited({"main.ts": HTTP % MODULES[name]})
    assert brief(entry(found, "GET /x")) == {"GET a.test/one": (1, 1)}
    assert [(guard.kind, guard.ttl_ms) for guard in found.guards] == [("timeout", 4000)]


def test_options_of_another_module_are_none_of_its_own() -> None:
    modules = (
        "@Module({ imports: [HttpModule.register({ baseURL: 'https://a.test' })] }) export class Other {}"
        " @Module({ imports: [HttpModule], controllers: [C], providers: [Feed] }) export class M {}"
    )
    assert "GET a.test/one" not in brief(entry(audited({"main.ts": HTTP % modules}), "GET /x"))


DEFAULTS = {
    "class-validator": (
        "import { validate } from './env';",
        "validate",
        "import { plainToInstance } from 'class-transformer'; import { IsUrl, validateSync } from 'class-validator';"
        " export class Env { @IsUrl() public API_URL = 'https://a.test'; } export function validate(config: Record<string, unknown>) {"
        " const found = plainToInstance(Env, config, { enableImplicitConversion: true }); validateSync(found); return found; }",
    ),
    "class-validator, older name": (
        "import { check } from './env';",
        "validate: (config) => check(config), validate: check",
        "import { plainToClass } from 'class-transformer'; class Env { API_URL: string = 'https://a.test'; }"
        " export const check = (config) => plainToClass(Env, config);",
    ),
    "Joi in place": (
        "import * as Joi from 'joi';",
        "validationSchema: Joi.object({ API_URL: Joi.string().uri().default('https://a.test') })",
        "",
    ),
    "Joi elsewhere": (
        "import { schema } from './env';",
        "validationSchema: schema",
        "import Joi from 'joi'; const shape = Joi.object({ API_URL: Joi.string().default('https://a.test').required() }).unknown(true); export const schema = shape;",
    ),
    "zod": (
        "import { schema } from './env';",
        "validate: (config) => schema.parse(config)",
        "import { z } from 'zod'; export const schema = z.object({ API_URL: z.string().url().default('https://a.test') });",
    ),
    "zod, the method itself": (
        "import { schema } from './env';",
        "validate: schema.parse",
        "import { z } from 'zod'; export const schema = z.object({ API_URL: z.string().url().default('https://a.test') });",
    ),
}


@pytest.mark.parametrize("name", cases(DEFAULTS))
def test_a_declared_default_is_the_value(name: str) -> None:
    head, options, env = DEFAULTS[name]
    assert route_x({"app.module.ts": MODULE % (head, options), "env.ts": env}) == {"GET a.test/one": (1, 1)}


NO_DEFAULT = {
    "another setting": "validationSchema: Joi.object({ OTHER_URL: Joi.string().default('https://a.test') })",
    "none declared": "validationSchema: Joi.object({ API_URL: Joi.string().required() })",
    "a computed one": "validationSchema: Joi.object({ API_URL: Joi.string().default(() => pick()) })",
}


@pytest.mark.parametrize("name", cases(NO_DEFAULT))
def test_without_a_default_the_variable_is_named(name: str) -> None:
    module = MODULE % ("import * as Joi from 'joi';", NO_DEFAULT[name])
    assert route_x({"app.module.ts": module}) == {"GET env:API_URL/one": (1, 1)}


CONFIGS = {
    "super.get": "import { ConfigService as Source } from '@nestjs/config'; export class ConfigService extends Source<any> { public get<T>(key: T) { return super.get(key, { infer: true }); } }",
    "inherited get": "import { ConfigService as Source } from '@nestjs/config'; export class ConfigService extends Source {}",
    "through two": "import { ConfigService as Source } from '@nestjs/config'; class Base extends Source {} export class ConfigService extends Base { other() { return this.get('OTHER'); } }",
    "wrapped": "import { ConfigService as Source } from '@nestjs/config'; export class ConfigService { constructor(private readonly source: Source) {} get(key: string) { return this.source.getOrThrow(key); } }",
}


@pytest.mark.parametrize("name", cases(CONFIGS))
def test_a_configuration_service_of_ones_own(name: str) -> None:
    assert route_x({"config.ts": CONFIGS[name]}) == {"GET env:API_URL/one": (1, 1)}


SOURCES = (
    "import { Injectable } from '@nestjs/common'; export const SOURCE = Symbol('source'); export interface Source { read(): any }"
    " @Injectable() export class Left implements Source { read() { return fetch('https://a.test/one'); } }"
    " @Injectable() export class Right implements Source { read() { return fetch('https://b.test/one'); } }"
    " @Injectable() export class Never implements Source { read() { return fetch('https://c.test/one'); } }"
)
BY_NAME = (
    "import { Injectable, Inject } from '@nestjs/common'; import { SOURCE, Source } from './sources';"
    " @Injectable() export class Service { constructor(@Inject(SOURCE) private readonly source: Source) {} one() { return this.source.read(); } }"
)
IMPORTS = "import { Module } from '@nestjs/common'; import { SOURCE, Left, Right, Never, Source } from './sources'; import { Service } from './service'; import { C } from './c'; "
PROVIDED = {
    "module made in a switch": IMPORTS
    + "const choose = () => { switch (process.env.KIND) { case 'left': return { providers: [Service, { provide: SOURCE, useFactory: async (s: Left): Promise<Source> => s, inject: [Left] }] };"
    " case 'right': return { providers: [Service, { provide: SOURCE, useFactory: async (s: Right): Promise<Source> => s, inject: [Right] }] }; } };"
    " @Module(choose()) export class M {}",
    "factory with a switch": IMPORTS
    + "@Module({ providers: [Service, { provide: SOURCE, useFactory: (l: Left, r: Right) => { switch (process.env.KIND) { case 'left': return l; default: return r; } }, inject: [Left, Right] }] }) export class M {}",
    "factory with a condition": IMPORTS
    + "@Module({ providers: [Service, { provide: SOURCE, useFactory: () => process.env.KIND === 'left' ? new Left() : new Right() }] }) export class M {}",
    "factory without types": IMPORTS
    + "@Module({ providers: [Service, { provide: SOURCE, useFactory: (l, r) => process.env.KIND ? l : r, inject: [Left, { token: Right, optional: true }] }] }) export class M {}",
    "class by condition": IMPORTS
    + "@Module({ providers: [Service, { provide: SOURCE, useClass: process.env.KIND === 'left' ? Left : Right }] }) export class M {}",
    "two modules": IMPORTS
    + "@Module({ providers: [Service, { provide: SOURCE, useClass: Left }] }) export class M {} @Module({ providers: [{ provide: SOURCE, useExisting: Right }] }) export class N {}",
}


@pytest.mark.parametrize("name", cases(PROVIDED))
def test_a_token_stands_for_each_class_that_may_be_provided(name: str) -> None:
    found = route_x({"service.ts": BY_NAME, "sources.ts": SOURCES, "m.ts": PROVIDED[name]})
    assert found == {"GET a.test/one": (0, 1), "GET b.test/one": (0, 1)}
