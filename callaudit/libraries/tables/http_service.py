"""HttpService of @nestjs/axios 1 to 4, and Angular's HttpClient.

Both give observables of axios-like calls. https://docs.nestjs.com/techniques/http-module#configuration
"""

from callaudit.libraries.model import Arg, Library, Make, Model, Part, Request

_BASE = Arg(-2, "0.baseURL")
"""What the module was registered with."""

_CLIENT: dict[str, Model] = {
    **{
        name: Request(method=name.upper(), options=Arg(1), bases=(Arg(1, "baseURL"), _BASE), query=(Arg(1, "params"),))
        for name in ("get", "delete", "head", "options", "jsonp")
    },
    **{
        name: Request(method=name.upper(), options=Arg(2), bases=(Arg(2, "baseURL"), _BASE), query=(Arg(2, "params"),))
        for name in ("post", "put", "patch")
    },
    "request": Request(
        urls=(Arg(0, "url"), Arg(1)),
        methods=(Arg(0, "method"), Arg(0)),
        options=Arg(0),
        bases=(Arg(0, "baseURL"), _BASE),
    ),
}

LIBRARY = Library(
    name="HttpService",
    packages=("@nestjs/axios", "@angular/common/http", "@nestjs/common"),
    exports={
        "HttpService": Make("service"),
        # what Angular's `inject(HttpClient)` gives, for which the class stands
        **{f"HttpClient.{name}": model for name, model in _CLIENT.items()},
    },
    clients={"service": {**_CLIENT, "axiosRef": Part("axios")}, "axios": {**_CLIENT, "": _CLIENT["request"]}},
    types={"HttpService": "service", "HttpClient": "service"},
    configured={"HttpModule.register": "service", "HttpModule.registerAsync": "service"},
    network=True,
)
