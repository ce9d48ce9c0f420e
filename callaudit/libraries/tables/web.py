"""What browsers, Node, Deno and workers offer without an import.

Fetch standard; https://developer.mozilla.org for the rest. Timers run their function later: the first run
counts.
"""

from callaudit.libraries.model import Arg, Connect, Give, Invoke, Library, Make, Quiet, Request

FETCH = Request(
    urls=(Arg(0, "url"), Arg(0)),
    methods=(Arg(1, "method"), Arg(0, "method")),
    options=Arg(1),
    bases=(),
    body=(Arg(1, "body"),),
)
_TIMER = Invoke(how="timer", interval=Arg(1), mechanism="setInterval")
_LATER = Invoke(how="later")
_TIMEOUT = Invoke(how="later", interval=Arg(1), mechanism="setTimeout")

_FRAME = Invoke(how="later", mechanism="requestAnimationFrame", always=1_000 / 60)
"""Before each repaint: 60 times a second on most screens, more on some, never in a hidden tab.
https://developer.mozilla.org/docs/Web/API/Window/requestAnimationFrame"""

_CALLING_NOTHING = (
    "Array.isArray",
    *(f"Object.{name}" for name in ("keys", "values", "entries", "fromEntries", "assign", "is", "hasOwn")),
    *(f"Object.{name}" for name in ("getOwnPropertyNames", "getPrototypeOf", "isFrozen", "isSealed")),
    *(f"Reflect.{name}" for name in ("has", "ownKeys", "getPrototypeOf")),
    *(f"Number.{name}" for name in ("isFinite", "isInteger", "isNaN", "isSafeInteger", "parseFloat", "parseInt")),
    *("isNaN", "isFinite", "parseInt", "parseFloat", "Number", "String", "Boolean", "BigInt", "Symbol", "Symbol.for"),
    *("Map", "JSON.parse", "JSON.stringify"),
    *(f"console.{name}" for name in ("log", "error", "warn", "info", "debug", "trace", "table", "dir", "assert")),
    *("clearInterval", "clearTimeout", "clearImmediate", "cancelAnimationFrame"),
)
"""What looks at its arguments or shows them, and calls none of them: `Array.isArray(handlers)`. What keeps functions
where the analysis does not follow them (`new Set`, `Object.defineProperty`) is not among it: somebody may call those.
https://tc39.es/ecma262, https://console.spec.whatwg.org; a replacer of `JSON.stringify` is called, and asks nobody."""

LIBRARY = Library(
    name="web",
    packages=("",),
    exports={
        "fetch": FETCH,
        "Request": Make("request"),
        "XMLHttpRequest": Make("xhr"),
        "WebSocket": Connect(),
        "EventSource": Connect(protocol="server-sent events"),
        "navigator.sendBeacon": Request(method="POST"),
        "setTimeout": _TIMEOUT,
        "setImmediate": _LATER,
        "queueMicrotask": _LATER,
        "process.nextTick": _LATER,
        "requestAnimationFrame": _FRAME,
        "requestIdleCallback": _LATER,
        "setInterval": _TIMER,
        "Promise": Invoke(),
        "Promise.resolve": Give(),
        "Promise.all": Give(),
        "Promise.allSettled": Give(),
        "Promise.race": Give(either=True),
        "Promise.any": Give(either=True),
        "Promise.try": Invoke(returns="result"),
        "Array.from": Invoke((Arg(1),), how="items"),
        "Object.freeze": Give(),
        "Object.seal": Give(),
        **dict.fromkeys(_CALLING_NOTHING, Quiet()),
        "structuredClone": Give(),
    },
    clients={
        "xhr": {
            "open": Request(urls=(Arg(1),), methods=(Arg(0),), later={"setRequestHeader": ""}),
            "send": Quiet(),
            "addEventListener": Invoke((Arg(1),), how="event"),
        },
        "request": {"clone": Make("request")},
    },
    network=True,
)

# The standard names under which the same globals are reached.
GLOBAL_OBJECTS = ("globalThis", "window", "self", "global")
