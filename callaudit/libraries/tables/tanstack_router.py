"""Routers of pages whose routes are objects: to declare a route shows nothing, and loads no data.

TanStack Router 1 (https://tanstack.com/router/latest/docs/framework/react/api/router): `createRoute(options)`,
`createFileRoute(path)(options)`. What a route shows and loads is what its page does.
"""

from callaudit.libraries.model import Declare, Library

LIBRARY = Library(
    name="tanstack-router",
    packages=("@tanstack/react-router", "@tanstack/react-start", "@tanstack/solid-router"),
    exports={
        name: Declare()
        for name in (
            "createFileRoute",
            "createLazyFileRoute",
            "createRootRoute",
            "createRootRouteWithContext",
            "createRoute",
            "createLazyRoute",
            "createRouter",
            "getRouteApi",
        )
    },
)
