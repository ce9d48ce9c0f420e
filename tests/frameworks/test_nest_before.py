"""What runs before handlers of NestJS: middleware, guards, interceptors and pipes that send requests."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, called, routes

BEFORE = """
import { Injectable } from '@nestjs/common';
const ask = () => fetch('https://a.test/before');
@Injectable() export class Guard { async canActivate() { await ask(); return true; } }
@Injectable() export class Around { async intercept(context, next) { await ask(); return next.handle(); } }
@Injectable() export class Pipe { async transform(value) { await ask(); return value; } }
@Injectable() export class Middle { async use(request, response, next) { await ask(); next(); } }
@Injectable() export class Silent { canActivate() { return true; } use(request, response, next) { next(); } }
"""
HEAD = "import { Controller, Get, Module, UseGuards, UseInterceptors, UsePipes, Param, applyDecorators } from '@nestjs/common'; import { APP_GUARD, APP_INTERCEPTOR, NestFactory } from '@nestjs/core'; import { Guard, Around, Pipe, Middle, Silent } from './before';"
START = "async function start() { const app = await NestFactory.create(App); SETUP await app.listen(1); } start();"


def app(
    controller: str = "", module: str = "{ controllers: [X] }", body: str = "", setup: str = "", own: str = ""
) -> str:
    return f"{HEAD} {own} @Controller('x') {controller or 'export class X {'} @Get('a') a() {{ return 1; }} }} @Module({module}) export class App {{ {body} }} {START.replace('SETUP', setup)}"


RUN = {
    "a guard of a controller": app("@UseGuards(Guard) export class X {"),
    "a guard of a handler": app("export class X { @UseGuards(new Guard())"),
    "an interceptor": app("@UseInterceptors(Around) export class X {"),
    "a pipe": app("export class X { @UsePipes(Pipe)"),
    "composed": app("@Auth() export class X {", own="const Auth = () => applyDecorators(UseGuards(Guard));"),
    "composed, nested": app("@Auth('x') export class X {", own="const Inner = () => applyDecorators(UseGuards(Silent, Guard)); function Auth(role: string) { return applyDecorators(Inner(), SetMetadata('role', role)); }"),
    "for the whole app": app(module="{ controllers: [X], providers: [{ provide: APP_GUARD, useClass: Guard }] }"),
    "an interceptor for the whole app": app(module="{ controllers: [X], providers: [{ provide: APP_INTERCEPTOR, useClass: Around }] }"),
    "told to the app": app(setup="app.useGlobalGuards(new Guard());"),
    "a pipe that is told": app(setup="app.useGlobalPipes(new Pipe());"),
    "middleware": app(body="configure(consumer) { consumer.apply(Middle).forRoutes('*'); }"),
    "middleware of a path": app(body="configure(consumer) { consumer.apply(Silent, Middle).forRoutes('x'); }"),
    "middleware of a controller": app(body="configure(consumer) { consumer.apply(Middle).exclude('y').forRoutes(X); }"),
    "middleware, a function": app(body="configure(consumer) { consumer.apply(async (request, response, next) => { await fetch('https://a.test/before'); next(); }).forRoutes({ path: 'x/a', method: 5 }); }"),
    "below a prefix": app(setup="app.setGlobalPrefix('api');", body="configure(consumer) { consumer.apply(Middle).forRoutes('x'); }"),
}  # fmt: skip
NOT_RUN = {
    "of another handler": app("export class X { @UseGuards(Guard) @Get('b') b() { return 1; }"),
    "one that asks nothing": app("@UseGuards(Silent) export class X {"),
    "one that nobody binds": app(),
    "middleware of another path": app(body="configure(consumer) { consumer.apply(Middle).forRoutes('y'); }"),
    "middleware of a path that begins alike": app(body="configure(consumer) { consumer.apply(Middle).forRoutes('xy'); }"),
    "left out": app(body="configure(consumer) { consumer.apply(Middle).exclude('x/a').forRoutes('*'); }"),
    "of another controller": app(own="class Y {}", body="configure(consumer) { consumer.apply(Middle).forRoutes(Y); }"),
}  # fmt: skip


def asked(code: str) -> dict[str, tuple[int, int | None]]:
    inventory = audited({"main.ts": code, "before.ts": BEFORE})
    (name,) = (one for one in routes(inventory) if one.endswith("/x/a"))
    return called(inventory, "route", name)


@pytest.mark.parametrize("name", RUN)
def test_what_stands_before_a_handler_runs_with_it(name: str) -> None:
    assert asked(RUN[name]) == {"GET a.test/before": (1, 1)}


@pytest.mark.parametrize("name", NOT_RUN)
def test_what_stands_before_others_does_not(name: str) -> None:
    assert asked(NOT_RUN[name]) == {}


ONE_METHOD = {
    "by its number": "consumer.apply(Middle).forRoutes({ path: 'x/a', method: 1 });",
    "by its name": "consumer.apply(Middle).forRoutes({ path: 'x/a', method: RequestMethod.POST });",
    "left out for one": "consumer.apply(Middle).exclude({ path: 'x/a', method: 1 }).forRoutes('*');",
}


@pytest.mark.parametrize("name", ONE_METHOD)
def test_middleware_of_one_method_of_a_path_may_run(name: str) -> None:
    assert asked(app(body=f"configure(consumer) {{ {ONE_METHOD[name]} }}")) == {"GET a.test/before": (0, 1)}


def test_middleware_of_one_method_of_another_path_does_not() -> None:
    code = app(body="configure(consumer) { consumer.apply(Middle).forRoutes({ path: 'y', method: 1 }); }")
    assert asked(code) == {}


def test_middleware_of_routes_that_are_not_known_may_run() -> None:
    code = app(body="configure(consumer) { consumer.apply(Middle).forRoutes(...listed()); }")
    assert asked(code) == {"GET a.test/before": (0, 1)}


PATHS = {
    "a parameter": app("export class X {", own="const READ = 'b';").replace("@Get('a')", "@Get('a') @Get(READ)"),
    "composed": app(own="const Read = (path: string) => applyDecorators(Get(path), UseGuards(Silent));").replace("@Get('a')", "@Get('a') @Read('b')"),
    "of a class that a function makes": app("export class X extends made('b') {", own="export function made(path: string) { class Made { @Get(path) b() { return 2; } } return Made; }"),
}  # fmt: skip


@pytest.mark.parametrize("name", PATHS)
def test_paths_are_read_where_the_decorator_stands(name: str) -> None:
    assert routes(audited({"main.ts": PATHS[name], "before.ts": BEFORE})) == {"GET /x/a", "GET /x/b"}
