"""Clients whose methods are called as HTTP's are, with paths of an OpenAPI document.

openapi-fetch 0.13 (https://openapi-ts.dev/openapi-fetch/api): `client.GET("/orders/{id}", { params: { path } })`;
https://openapi-ts.dev/openapi-fetch/middleware-auth: `client.use({ onRequest({ request }) { … } })`.
"""

from callaudit.libraries.model import Arg, Headers, Library, Make, Request

_METHODS = ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE")

LIBRARY = Library(
    name="openapi-fetch",
    packages=("openapi-fetch",),
    exports={"default": Make("client"), "createClient": Make("client")},
    clients={
        "client": {
            **{
                name: Request(
                    method=name, options=Arg(1), bases=(Arg(1, "baseUrl"), Arg(-2, "0.baseUrl")), body=(Arg(1, "body"),)
                )
                for name in _METHODS
            },
            "use": Headers(handlers="onRequest"),
            "request": Request(
                urls=(Arg(1),), methods=(Arg(0),), options=Arg(2), bases=(Arg(2, "baseUrl"), Arg(-2, "0.baseUrl"))
            ),
        }
    },
    network=True,
)
