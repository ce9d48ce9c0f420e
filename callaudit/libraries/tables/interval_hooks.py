"""Hooks that run a function at an interval: its milliseconds are the second argument, `null` stops it.

usehooks-ts 3 (https://usehooks-ts.com/react-hook/use-interval), react-use 17
(https://github.com/streamich/react-use/blob/master/docs/useInterval.md), ahooks 3
(https://ahooks.js.org/hooks/use-interval), @mantine/hooks 7 (https://mantine.dev/hooks/use-interval/: it begins with
`start`), @vueuse/core 10 to 13 (https://vueuse.org/shared/useIntervalFn/, a second by default;
https://vueuse.org/core/useTimeoutPoll/: the next run begins so long after the last one has ended).
"""

from callaudit.libraries.model import Arg, Invoke, Library

_ASYNC = Invoke(depends=Arg(1))
"""It runs when it is mounted, and when its dependencies change:
https://github.com/streamich/react-use/blob/master/docs/useAsyncRetry.md."""
_INTERVAL = Invoke(how="timer", interval=Arg(1), mechanism="useInterval")

LIBRARIES = (
    Library(
        name="interval hook",
        packages=("usehooks-ts", "react-use", "ahooks", "@mantine/hooks", "@react-hookz/web"),
        exports={"useInterval": _INTERVAL, "useIntervalEffect": _INTERVAL, "useRafInterval": _INTERVAL},
    ),
    Library(
        name="interval hook",
        packages=("react-use/lib/useInterval", "react-use/esm/useInterval"),
        exports={"default": _INTERVAL},
    ),
    Library(
        name="effect hook",
        packages=("react-use",),
        exports={"useAsync": _ASYNC, "useAsyncRetry": _ASYNC},
    ),
    *(
        Library(
            name="effect hook",
            packages=(f"react-use/lib/{name}", f"react-use/esm/{name}"),
            exports={"default": _ASYNC},
        )
        for name in ("useAsync", "useAsyncRetry")
    ),
    Library(
        name="interval hook",
        packages=("@vueuse/core", "@vueuse/shared"),
        exports={
            "useIntervalFn": Invoke(how="timer", interval=Arg(1), always=1_000, mechanism="useIntervalFn"),
            "useTimeoutPoll": Invoke(how="timer", interval=Arg(1), rests=True, mechanism="useTimeoutPoll"),
        },
    ),
)
