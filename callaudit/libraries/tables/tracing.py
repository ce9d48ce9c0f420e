"""Tracing and context: what runs inside a span runs once.

Sentry JavaScript SDKs 8 to 10 (https://docs.sentry.io/platforms/javascript/guides/node/apis/),
OpenTelemetry API 1 (https://opentelemetry.io/docs/languages/js/instrumentation/), dd-trace 5, Node's
AsyncLocalStorage.
"""

from callaudit.libraries.model import Arg, Give, Invoke, Library, Make, Model

_SECOND = Invoke((Arg(1),), returns="result")
_LAST = Invoke((Arg(-1),), returns="result")
_SENTRY: dict[str, Model] = {
    **dict.fromkeys(("startSpan", "startSpanManual", "withActiveSpan", "continueTrace", "withMonitor"), _SECOND),
    **dict.fromkeys(("withScope", "withIsolationScope"), _LAST),
    **dict.fromkeys(("suppressTracing", "startNewTrace"), Invoke(returns="result")),
    **dict.fromkeys(
        (
            "wrapApiHandlerWithSentry",
            "wrapRouteHandlerWithSentry",
            "wrapServerComponentWithSentry",
            "wrapMiddlewareWithSentry",
            "withErrorBoundary",
            "withProfiler",
            "wrapHandler",
            "wrapCloudEventFunction",
        ),
        Give(),
    ),
    "withServerActionInstrumentation": _LAST,
}

LIBRARY = Library(
    name="tracing",
    packages=(
        *(
            f"@sentry/{name}"
            for name in (
                "node",
                "nextjs",
                "browser",
                "react",
                "core",
                "nestjs",
                "bun",
                "deno",
                "remix",
                "sveltekit",
                "vue",
                "cloudflare",
                "aws-serverless",
                "google-cloud-serverless",
                "astro",
                "nuxt",
                "solidstart",
            )
        ),
        "@opentelemetry/api",
        "dd-trace",
        "async_hooks",
        "node:async_hooks",
        "cls-hooked",
    ),
    exports={
        **_SENTRY,
        **{f"default.{name}": model for name, model in _SENTRY.items()},
        "trace.getTracer": Make("tracer"),
        "context.with": _SECOND,
        "default.trace": _LAST,  # dd-trace
        "default.wrap": Give(Arg(-1)),
        "AsyncLocalStorage": Make("storage"),
    },
    clients={
        "tracer": {"startActiveSpan": _LAST},
        "storage": {"run": _SECOND, "exit": Invoke()},
    },
)
