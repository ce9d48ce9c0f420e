"""Emitters of events inside one process: what is emitted runs what listens, at once.

Node's events (https://nodejs.org/api/events.html#class-eventemitter), eventemitter3 5, eventemitter2 6 and with it
@nestjs/event-emitter 2 and 3, mitt 3, emittery 1, tiny-emitter 2, nanoevents 9, tseep 1, tiny-typed-emitter 2.
Targets of events that a program makes itself: https://developer.mozilla.org/docs/Web/API/EventTarget/EventTarget.
"""

from callaudit.libraries.model import Arg, Emit, Library, Listen, Make, Model

_EMITTER = Make("emitter")
_LISTEN = Listen(side="process", shown="emitter")
_METHODS: dict[str, Model] = {
    **dict.fromkeys(("on", "once", "addListener", "prependListener", "prependOnceListener", "many"), _LISTEN),
    "onAny": Listen(event=None, callbacks=(Arg(0),), side="process", shown="emitter"),
    **dict.fromkeys(("emit", "emitAsync", "emitSerial"), Emit(inside=True)),
}
_CLASSES = ("EventEmitter", "EventEmitter2", "EventEmitter3", "TypedEmitter", "TinyEmitter", "Emittery")
_MADE = (*_CLASSES, "createNanoEvents", "default", "default.EventEmitter", "default.EventEmitter2", "default.default")

_EVENTS = Library(
    name="events",
    packages=(
        "events",
        "node:events",
        "eventemitter3",
        "eventemitter2",
        "@nestjs/event-emitter",
        "mitt",
        "emittery",
        "tiny-emitter",
        "tiny-typed-emitter",
        "nanoevents",
        "tseep",
    ),
    exports=dict.fromkeys(_MADE, _EMITTER),
    clients={"emitter": _METHODS},
    types=dict.fromkeys((*_CLASSES, "Emitter", "default"), "emitter"),
    same=("off", "removeListener", "removeAllListeners", "setMaxListeners"),
    network=True,
)
_TARGETS = Library(
    name="event-target",
    packages=("",),
    exports={"EventTarget": Make("target")},
    clients={
        "target": {
            "addEventListener": Listen(side="process", shown="target"),
            "dispatchEvent": Emit(inside=True),
        }
    },
    same=("removeEventListener",),
)
LIBRARIES = (_EVENTS, _TARGETS)
