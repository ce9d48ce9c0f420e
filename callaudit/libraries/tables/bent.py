"""bent 7: a function that sends, made of a base URL, a method, a format, status codes and headers in any order.

https://github.com/mikeal/bent#usage.
"""

from callaudit.libraries.model import Arg, Library, Make, Request

MOST_OPTIONS = 6

_SEND = Request(
    methods=tuple(Arg(-2, str(place), only="method") for place in range(MOST_OPTIONS)),
    bases=tuple(Arg(-2, str(place), only="url") for place in range(MOST_OPTIONS)),
    body=(Arg(1),),
    headers=(Arg(2), *(Arg(-2, str(place), only="object") for place in range(MOST_OPTIONS))),
)

LIBRARY = Library(
    name="bent",
    packages=("bent", "bent-esm"),
    exports={"default": Make("sender"), "": Make("sender")},
    clients={"sender": {"": _SEND}},
    network=True,
)
