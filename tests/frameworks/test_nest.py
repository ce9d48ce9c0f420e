"""NestJS controllers."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, called, cases, places, routes

PACKAGE = {"package.json": '{"name": "x", "dependencies": {"@nestjs/core": "10.0.0"}}'}
IMPORTS = "import { All, Controller, Delete, Get, Head, Options, Patch, Post, Put, Sse, Version, VERSION_NEUTRAL } from '@nestjs/common';\n"
BODY = "{ return fetch('https://a.test/one'); }"

# by name: controller, bootstrap and routes
CONTROLLERS: dict[str, tuple[str, str, set[str]]] = {
    "plain": (f"@Controller('users') class C {{ @Get() all() {BODY} }}", "", {"GET /users"}),
    "without a path": (f"@Controller() class C {{ @Get() all() {BODY} }}", "", {"GET /"}),
    "path of a method": (f"@Controller('users') class C {{ @Get(':id') one() {BODY} }}", "", {"GET /users/:id"}),
    "slashes": (f"@Controller('/users/') class C {{ @Get('/:id/') one() {BODY} }}", "", {"GET /users/:id"}),
    "methods": (
        f"@Controller('u') class C {{ @Get() a() {BODY} @Post() b() {BODY} @Put() c() {BODY} @Patch() d() {BODY} @Delete() e() {BODY} @Head() f() {BODY} @Options() g() {BODY} @All() h() {BODY} }}",
        "",
        {f"{verb} /u" for verb in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY")},
    ),
    "paths of a method": (f"@Controller('u') class C {{ @Get(['a', 'b']) all() {BODY} }}", "", {"GET /u/a", "GET /u/b"}),
    "paths of a controller": (f"@Controller(['u', 'v']) class C {{ @Get('a') all() {BODY} }}", "", {"GET /u/a", "GET /v/a"}),
    "options": (f"@Controller({{ path: 'u' }}) class C {{ @Get('a') all() {BODY} }}", "", {"GET /u/a"}),
    "constant path": (f"const PATH = 'u'; @Controller(PATH) class C {{ @Get(`a`) all() {BODY} }}", "", {"GET /u/a"}),
    "enum path": (f"enum P {{ U = 'u' }} @Controller(P.U) class C {{ @Get() all() {BODY} }}", "", {"GET /u"}),
    "exported": (f"@Controller('u') export class C {{ @Get() all() {BODY} }}", "", {"GET /u"}),
    "exported default": (f"@Controller('u') export default class C {{ @Get() all() {BODY} }}", "", {"GET /u"}),
    "other decorators": (f"@UseGuards(G) @ApiTags('x') @Controller('u') export class C {{ @UseGuards(G) @HttpCode(200) @Get('a') @ApiOk() async all(@Param('id') id: string) {BODY} }}", "", {"GET /u/a"}),
    "several methods of one class": (f"@Controller('u') class C {{ @Get('a') a() {BODY} @Get('b') b() {BODY} }}", "", {"GET /u/a", "GET /u/b"}),
    "two decorators on one method": (f"@Controller('u') class C {{ @Get('a') @Post('b') a() {BODY} }}", "", {"GET /u/a", "POST /u/b"}),
    "server-sent events": (f"@Controller('u') class C {{ @Sse('events') a() {BODY} }}", "", {"GET /u/events"}),
    "inherited": (f"abstract class B {{ @Get('a') a() {BODY} }} @Controller('u') class C extends B {{}}", "", {"GET /u/a"}),
    "wildcard": (f"@Controller('u') class C {{ @Get('*') a() {BODY} }}", "", {"GET /u/*"}),
    "global prefix": (f"@Controller('u') class C {{ @Get() a() {BODY} }}", "app.setGlobalPrefix('api');", {"GET /api/u"}),
    "global prefix with slashes": (f"@Controller('u') class C {{ @Get() a() {BODY} }}", "app.setGlobalPrefix('/api/v1/');", {"GET /api/v1/u"}),
    "global prefix, constant": (f"@Controller('u') class C {{ @Get() a() {BODY} }}", "const P = 'api'; app.setGlobalPrefix(P);", {"GET /api/u"}),
    "global prefix, excluded": (f"@Controller() class C {{ @Get('health') a() {BODY} @Get('u') b() {BODY} }}", "app.setGlobalPrefix('api', { exclude: ['health'] });", {"GET /health", "GET /api/u"}),
    "global prefix, excluded by method": (
        f"@Controller('health') class C {{ @Get() a() {BODY} @Post() b() {BODY} }}",
        "app.setGlobalPrefix('api', { exclude: [{ path: 'health', method: RequestMethod.GET }] });",
        {"GET /health", "POST /api/health"},
    ),
    "global prefix, excluded below": (f"@Controller('hooks') class C {{ @Post('a') a() {BODY} @Post('b') b() {BODY} }}", "app.setGlobalPrefix('api', { exclude: ['hooks/(.*)'] });", {"POST /hooks/a", "POST /hooks/b"}),
    "versioning": (f"@Controller({{ path: 'u', version: '1' }}) class C {{ @Get() a() {BODY} }}", "app.enableVersioning({ type: VersioningType.URI });", {"GET /v1/u"}),
    "versioning, default type": (f"@Controller({{ path: 'u', version: '1' }}) class C {{ @Get() a() {BODY} }}", "app.enableVersioning();", {"GET /v1/u"}),
    "versioning and prefix": (f"@Controller({{ path: 'u', version: '1' }}) class C {{ @Get() a() {BODY} }}", "app.setGlobalPrefix('api'); app.enableVersioning({ type: VersioningType.URI });", {"GET /api/v1/u"}),
    "versions of a controller": (f"@Controller({{ path: 'u', version: ['1', '2'] }}) class C {{ @Get() a() {BODY} }}", "app.enableVersioning({ type: VersioningType.URI });", {"GET /v1/u", "GET /v2/u"}),
    "version of a method": (f"@Controller({{ path: 'u', version: '1' }}) class C {{ @Version('2') @Get() a() {BODY} }}", "app.enableVersioning({ type: VersioningType.URI });", {"GET /v2/u"}),
    "version of a class": (f"@Version('3') @Controller('u') class C {{ @Get() a() {BODY} }}", "app.enableVersioning({ type: VersioningType.URI });", {"GET /v3/u"}),
    "default version": (f"@Controller('u') class C {{ @Get() a() {BODY} }}", "app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });", {"GET /v1/u"}),
    "neutral version": (f"@Controller({{ path: 'u', version: VERSION_NEUTRAL }}) class C {{ @Get() a() {BODY} }}", "app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });", {"GET /u"}),
    "version prefix": (f"@Controller({{ path: 'u', version: '1' }}) class C {{ @Get() a() {BODY} }}", "app.enableVersioning({ type: VersioningType.URI, prefix: 'version' });", {"GET /version1/u"}),
    "version without prefix": (f"@Controller({{ path: 'u', version: '1' }}) class C {{ @Get() a() {BODY} }}", "app.enableVersioning({ type: VersioningType.URI, prefix: false });", {"GET /1/u"}),
    "versioning by header": (f"@Controller({{ path: 'u', version: '1' }}) class C {{ @Get() a() {BODY} }}", "app.enableVersioning({ type: VersioningType.HEADER, header: 'X' });", {"GET /u"}),
    "version without versioning": (f"@Controller({{ path: 'u', version: '1' }}) class C {{ @Get() a() {BODY} }}", "", {"GET /u"}),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(CONTROLLERS))
def test_the_routes_of_a_controller(name: str) -> None:
    controller, setup, expected = CONTROLLERS[name]
    main = f"import {{ NestFactory }} from '@nestjs/core'; import {{ RequestMethod, VersioningType }} from '@nestjs/common'; async function bootstrap() {{ const app = await NestFactory.create(M); {setup} await app.listen(1); }} bootstrap();"
    inventory = audited({**PACKAGE, "src/c.controller.ts": IMPORTS + controller, "src/main.ts": main})
    assert routes(inventory) == expected
    for route in expected:
        assert called(inventory, "route", route) == {"GET a.test/one": (1, 1)}


NOT = {
    "no controller": f"class C {{ @Get('a') a() {BODY} }}",
    "another decorator": f"@Injectable() class C {{ @Get('a') a() {BODY} }}",
    "no method decorator": f"@Controller('u') class C {{ a() {BODY} }}",
    "resolver": f"@Resolver() class C {{ @Query() a() {BODY} }}",
}


@pytest.mark.parametrize("name", cases(NOT))
def test_what_is_no_route(name: str) -> None:
    assert routes(audited({**PACKAGE, "src/c.ts": IMPORTS + NOT[name]})) == set()


def test_the_place_of_a_route_is_its_decorator() -> None:
    source = (
        IMPORTS
        + "\n@Controller('u')\nexport class C {\n  @UseGuards(G)\n  @Get('a')\n  async a() { return 1; }\n\n  @Post()\n  b() { return 2; }\n}"
    )
    assert places(audited({**PACKAGE, "src/c.ts": source})) == {
        ("GET /u/a", "src/c.ts", 6),
        ("POST /u", "src/c.ts", 9),
    }


def test_a_router_module_prefixes_its_module_s_controllers() -> None:
    module = """
        import { Module } from '@nestjs/common';
        import { RouterModule } from '@nestjs/core';
        import { C } from './c';
        @Module({ controllers: [C] }) export class Admin {}
        @Module({ imports: [Admin, RouterModule.register([{ path: 'admin', module: Admin }])] }) export class App {}
    """
    inventory = audited(
        {
            **PACKAGE,
            "src/c.ts": IMPORTS + f"@Controller('u') export class C {{ @Get() a() {BODY} }}",
            "src/app.ts": module,
        }
    )
    assert routes(inventory) == {"GET /admin/u"}


def test_a_router_module_with_children() -> None:
    module = """
        import { Module } from '@nestjs/common';
        import { RouterModule } from '@nestjs/core';
        import { C } from './c';
        @Module({ controllers: [C] }) export class Users {}
        @Module({}) export class Admin {}
        const tree = [{ path: 'admin', module: Admin, children: [{ path: 'people', module: Users }] }];
        @Module({ imports: [Admin, Users, RouterModule.register(tree)] }) export class App {}
    """
    inventory = audited(
        {
            **PACKAGE,
            "src/c.ts": IMPORTS + f"@Controller('u') export class C {{ @Get() a() {BODY} }}",
            "src/app.ts": module,
        }
    )
    assert routes(inventory) == {"GET /admin/people/u"}


INJECTED = {
    "parameter property": ("constructor(private readonly s: Service) {}", "this.s.one()", "@Injectable() export class Service { one() { return fetch('https://a.test/one'); } }"),
    "field": ("private s: Service; constructor(s: Service) { this.s = s; }", "this.s.one()", "@Injectable() export class Service { one() { return fetch('https://a.test/one'); } }"),
    "property injection": ("@Inject(Service) private readonly s: Service;", "this.s.one()", "@Injectable() export class Service { one() { return fetch('https://a.test/one'); } }"),
    "through two services": ("constructor(private readonly s: Service) {}", "this.s.one()",
                             "@Injectable() export class Http { get(p: string) { return fetch('https://a.test' + p); } } @Injectable() export class Service { constructor(private h: Http) {} one() { return this.h.get('/one'); } }"),
    "HttpService": ("constructor(private readonly s: Service) {}", "this.s.one()",
                    "import { HttpService } from '@nestjs/axios'; import { firstValueFrom } from 'rxjs'; @Injectable() export class Service { constructor(private readonly http: HttpService) {} async one() { const { data } = await firstValueFrom(this.http.get('https://a.test/one')); return data; } }"),
    "ConfigService": ("constructor(private readonly s: Service) {}", "this.s.one()",
                      "import { ConfigService } from '@nestjs/config'; @Injectable() export class Service { private base: string; constructor(config: ConfigService) { this.base = config.get<string>('API_URL', 'https://a.test'); } one() { return fetch(this.base + '/one'); } }"),
    "interface by token": ("constructor(@Inject('S') private readonly s: Api) {}", "this.s.one()",
                           "export interface Api { one(): any } @Injectable() export class Service implements Api { one() { return fetch('https://a.test/one'); } }"),
    "forwardRef": ("constructor(@Inject(forwardRef(() => Service)) private readonly s: Service) {}", "this.s.one()", "@Injectable() export class Service { one() { return fetch('https://a.test/one'); } }"),
    "inherited constructor": ("constructor(private readonly s: Service) {}", "this.s.one()",
                              "export class Base { constructor(protected readonly base: string) {} get(p: string) { return fetch(this.base + p); } } @Injectable() export class Service extends Base { constructor() { super('https://a.test'); } one() { return this.get('/one'); } }"),
}  # fmt: skip


GAPS_INJECTED: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(INJECTED, GAPS_INJECTED))
def test_injected_services_are_followed(name: str) -> None:
    members, call, service = INJECTED[name]
    files = {
        **PACKAGE,
        "src/service.ts": "import { Injectable } from '@nestjs/common';\n" + service,
        "src/c.ts": IMPORTS
        + "import { Inject, forwardRef } from '@nestjs/common';\nimport { Service } from './service';\nimport type { Api } from './service';\n"
        f"@Controller('u') export class C {{ {members} @Get() a() {{ return {call}; }} }}",
        "src/m.ts": "import { Module } from '@nestjs/common'; import { C } from './c'; import { Service } from './service'; @Module({ controllers: [C], providers: [Service, { provide: 'S', useClass: Service }] }) export class M {}",
    }
    assert called(audited(files), "route", "GET /u") == {"GET a.test/one": (1, 1)}


JOBS = {
    "cron": ("@Cron('*/5 * * * *')", "*/5 * * * *"),
    "cron expression": ("@Cron(CronExpression.EVERY_MINUTE)", "EVERY_MINUTE"),
    "interval": ("@Interval(5000)", "5000"),
    "interval, named": ("@Interval('sync', 5000)", "5000"),
}


GAPS_JOBS: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(JOBS, GAPS_JOBS))
def test_scheduled_methods_are_jobs(name: str) -> None:
    decorator, when = JOBS[name]
    source = f"import {{ Cron, CronExpression, Interval }} from '@nestjs/schedule';\nexport class S {{ {decorator} async run() {BODY} }}"
    (job,) = audited({**PACKAGE, "src/s.ts": source}).entries
    assert (job.kind, job.origin) == ("job", "worker")
    assert when in job.name
    assert "S.run" in job.name
