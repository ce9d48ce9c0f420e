"""RxJS 6 to 8: what a request gives is what comes of it. https://rxjs.dev/api.

Operators run what they are given for each value; of a request there is one at most, so the default (zero
or one time) holds for them. `interval` and `timer` with a period go on until nobody listens; `retry`, `retryWhen`,
`repeat` and `repeatWhen` subscribe to their source again (`count` of `retry` is how often more, that of `repeat` how
often in all; a number without an end is the default of both).
"""

from callaudit.libraries.model import Arg, Give, Invoke, Library, Model, Operator, Ticking

_FLAT = Operator("flat")
_DROP = Operator("drop")
_AMONG = Ticking(among=True)
_NUMBERS = (Arg(0, "count"), Arg(0))
_DELAY = (Arg(0, "delay"),)

_OPERATORS: dict[str, Model] = {
    **dict.fromkeys(("switchMap", "concatMap", "mergeMap", "flatMap", "exhaustMap"), _FLAT),
    **dict.fromkeys(("filter", "skip", "skipWhile", "skipUntil", "distinct", "distinctUntilChanged"), _DROP),
    **dict.fromkeys(("debounceTime", "debounce", "throttleTime", "auditTime", "sampleTime", "takeLast"), _DROP),
    **dict.fromkeys(("distinctUntilKeyChanged", "last", "find", "takeWhile"), _DROP),
    "expand": Operator("expand"),
    "take": Operator("take", counts=(Arg(0),)),
    "first": Operator("take", first=1),
    "delay": Operator("wait", times=(Arg(0),)),
    "delayWhen": Operator("wait", times=(Arg(0),)),
    "retry": Operator("again", failing=True, counts=_NUMBERS, times=_DELAY),
    "retryWhen": Operator("again", failing=True, notifier=Arg(0)),
    "repeat": Operator("again", counts=_NUMBERS, times=_DELAY),
    "repeatWhen": Operator("again", notifier=Arg(0)),
}

OBSERVABLE = "observable"
"""The kind of client that stands for an observable whose values come by themselves."""

LIBRARY = Library(
    name="rxjs",
    packages=("rxjs", "rxjs/operators"),
    exports={
        "firstValueFrom": Give(),
        "lastValueFrom": Give(),
        "from": Give(),
        "defer": Invoke(returns="result"),
        "interval": Ticking(due=Arg(0), every=Arg(0)),
        "timer": Ticking(due=Arg(0), every=Arg(1)),
        **dict.fromkeys(("merge", "concat", "combineLatest", "race", "zip"), _AMONG),
        **_OPERATORS,
    },
)
