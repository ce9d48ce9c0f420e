"""Concurrency limits, queues and locks that run each function that they are given once.

p-queue 7 to 9, p-throttle 4 to 8, p-map 5 to 7 (https://github.com/sindresorhus/promise-fun),
bottleneck 2 (https://github.com/SGrondin/bottleneck#schedule), async-mutex 0.5, async-lock 1, limiter 3.
"""

from callaudit.libraries.model import Arg, Give, Invoke, Library, Make, Quiet

_RUN = Invoke(returns="result", guard="queue")

LIBRARY = Library(
    name="limits",
    packages=("p-queue", "p-throttle", "bottleneck", "async-mutex", "fastq", "async-sema", "limiter"),
    exports={
        "default": Make("limit"),
        "PQueue": Make("limit"),
        "Mutex": Make("limit"),
        "Semaphore": Make("limit"),
        "Sema": Make("limit"),
        "RateLimiter": Make("limit"),
        "withTimeout": Give(),
    },
    clients={
        "limit": {
            "": Make("wrapped"),  # as p-throttle does
            "add": _RUN,
            "addAll": Invoke(guard="queue"),
            "schedule": Invoke((Arg(0), Arg(1)), returns="result", guard="queue", rest=True),
            "submit": Invoke((Arg(0), Arg(1)), guard="queue", rest=True),
            "wrap": Make("wrapped"),
            "runExclusive": _RUN,
            "onIdle": Quiet(),
            "acquire": Quiet(turn="queue"),
            "removeTokens": Quiet(turn="limiter"),
            "release": Quiet(),
        },
        # a function that runs another one under the limit, with what it is called with itself
        "wrapped": {"": Invoke(made=True, returns="result", guard="queue"), "withOptions": Quiet()},
    },
)
