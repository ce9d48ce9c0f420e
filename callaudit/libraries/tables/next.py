"""Next.js 13 to 16: dynamic components, cached functions, work after the response."""

from callaudit.libraries.model import Arg, Give, Invoke, Library

LIBRARY = Library(
    name="next",
    packages=("next/dynamic", "next/cache", "next/server"),
    exports={
        "default": Invoke(returns="result"),
        "unstable_cache": Give(),
        "after": Invoke(how="later"),
        "unstable_after": Invoke(how="later"),
        "revalidatePath": Invoke(()),
        "revalidateTag": Invoke(()),
        "waitUntil": Give(Arg(0)),
    },
)
