"""RxJS 6 to 8: what a request gives is what comes of it. https://rxjs.dev/api.

Operators run what they are given for each value; of a request there is one at most, so the default (zero
or one time) holds for them.
"""

from callaudit.libraries.model import Give, Invoke, Library

LIBRARY = Library(
    name="rxjs",
    packages=("rxjs",),
    exports={
        "firstValueFrom": Give(),
        "lastValueFrom": Give(),
        "from": Give(),
        "defer": Invoke(returns="result"),
    },
)
