"""Decorators that call a method again while it fails.

typescript-retry-decorator 2 (https://github.com/vcfvct/typescript-retry-decorator#options, and its code,
src/retry.decorator.ts: `maxAttempts` is how often more beside the first, `if (--maxAttempts < 0)`; `backOff` is 0 ms;
exponential waits begin with 1 s where none is given, and are doubled, 2 s at the most).
"""

from callaudit.libraries.model import Arg, Backoff, Invoke, Library

RETRYABLE = Invoke(
    (),
    how="retry",
    more=Arg(0, "maxAttempts"),
    most=1,
    backoff=Backoff(
        0,
        first_at=(Arg(0, "backOff"),),
        factor_at=(Arg(0, "exponentialOption.multiplier"),),
        most_at=(Arg(0, "exponentialOption.maxInterval"),),
        policy_at=Arg(0, "backOffPolicy"),
        grown_first=1_000,
        grown_most=2_000,
    ),
    mechanism="@Retryable",
)

LIBRARY = Library(
    name="typescript-retry-decorator",
    packages=("typescript-retry-decorator",),
    exports={},
    decorators={"Retryable": RETRYABLE},
)
