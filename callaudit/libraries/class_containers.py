"""Containers of dependencies that are asked for an object of a class: `container.resolve(App)`.

tsyringe 4 (https://github.com/microsoft/tsyringe#resolution), typedi 0.10 (https://docs.typestack.community/typedi),
inversify 6 (https://inversify.io/docs/api/container), applications and module references of NestJS 7 to 11
(https://docs.nestjs.com/standalone-applications, https://docs.nestjs.com/fundamentals/module-ref). Its constructor is
handed what the types of its parameters say.
"""

from __future__ import annotations

_CONTAINERS: dict[str, frozenset[str]] = {
    "tsyringe": frozenset({"container", "DependencyContainer"}),
    "typedi": frozenset({"Container", "ContainerInstance", "default"}),
    "inversify": frozenset({"Container"}),
    "@nestjs/core": frozenset({"NestFactory", "ModuleRef"}),
    "@nestjs/common": frozenset({"INestApplication", "INestApplicationContext", "INestMicroservice"}),
    "@nestjs/platform-express": frozenset({"NestExpressApplication"}),
    "@nestjs/platform-fastify": frozenset({"NestFastifyApplication"}),
}
"""By package, the exports that are containers, make one, or are the type of one."""
METHODS = frozenset({"resolve", "get", "resolveAll", "getAsync"})


def is_container(package: str, export: str) -> bool:
    """Whether an export of a package is a container of objects, makes one or is the type of one."""
    return export in _CONTAINERS.get(package, ())
