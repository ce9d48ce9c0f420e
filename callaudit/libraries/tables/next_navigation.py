"""next/navigation 13 to 16: `router.refresh()` runs the page's server components again; what redirects never returns.

https://nextjs.org/docs/app/api-reference/functions/use-router, and /redirect, /not-found, /forbidden beside it: each
throws an error that Next.js catches. The router of `next/router` has no `refresh`.
"""

from callaudit.libraries.model import Leave, Library, Make, Refresh

LIBRARY = Library(
    name="router",
    packages=("next/navigation",),
    exports={
        "useRouter": Make("router"),
        "redirect": Leave(),
        "permanentRedirect": Leave(),
        "notFound": Leave(),
        "forbidden": Leave(),
        "unauthorized": Leave(),
    },
    clients={"router": {"refresh": Refresh()}},
    members=("refresh",),
)
