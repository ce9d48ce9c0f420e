"""next/navigation 13 to 16: `router.refresh()` runs the page's server components again.

https://nextjs.org/docs/app/api-reference/functions/use-router. The router of `next/router` has no such method.
"""

from callaudit.libraries.model import Library, Make, Refresh

LIBRARY = Library(
    name="router",
    packages=("next/navigation",),
    exports={"useRouter": Make("router")},
    clients={"router": {"refresh": Refresh()}},
    members=("refresh",),
)
