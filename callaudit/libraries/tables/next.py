"""Next.js 13 to 16: dynamic components, cached functions, work after the response."""

from callaudit.libraries.model import Arg, Give, Invoke, Keep, Library

LIBRARY = Library(
    name="next",
    packages=("next/dynamic", "next/cache", "next/server"),
    exports={
        "default": Invoke(returns="result"),
        "unstable_cache": Keep(ttl=(Arg(2, "revalidate"),), unit=1_000, keyed=Arg(1)),
        "after": Invoke(how="later"),
        "unstable_after": Invoke(how="later"),
        "revalidatePath": Invoke(()),
        "revalidateTag": Invoke(()),
        "waitUntil": Give(Arg(0)),
    },
)
