"""eventsource 2 to 4, @microsoft/fetch-event-source 2: server-sent events."""

from callaudit.libraries.model import Connect, Library

_STREAM = Connect(protocol="server-sent events")

LIBRARY = Library(
    name="eventsource",
    packages=("eventsource", "@microsoft/fetch-event-source", "event-source-polyfill", "react-native-sse"),
    exports={
        "default": _STREAM,
        "EventSource": _STREAM,
        "fetchEventSource": _STREAM,
        "EventSourcePolyfill": _STREAM,
    },
    network=True,
)
