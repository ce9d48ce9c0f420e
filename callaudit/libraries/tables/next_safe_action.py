"""next-safe-action 6 to 8: https://next-safe-action.dev/docs: `client.schema(…).action(fn)` is a server action."""

from callaudit.libraries.model import Give, Library, Make, Model

_BUILDING = ("schema", "inputSchema", "outputSchema", "bindArgsSchemas", "metadata", "use")
_CLIENT: dict[str, Model] = {
    **{name: Make("client") for name in _BUILDING},
    "action": Give(),
    "stateAction": Give(),
}

LIBRARY = Library(
    name="next-safe-action",
    packages=("next-safe-action", "next-safe-action/zod"),
    exports={"createSafeActionClient": Make("client")},
    clients={"client": _CLIENT},
)
