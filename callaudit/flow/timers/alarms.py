"""How often the alarms of a browser's extension go off: what they are set with says so, not who listens to them.

`chrome.alarms.create("poll", { periodInMinutes: 5 })` beside `chrome.alarms.onAlarm.addListener(poll)`; an alarm that
has only a delay goes off once (https://developer.chrome.com/docs/extensions/reference/api/alarms).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.flow.effects.records import Span
from callaudit.flow.machine.static import static_scope
from callaudit.flow.timers.spans import Times, times
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, Record, Undefined
from callaudit.syntax.ir import Call, Member

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value

ALARMS: Final = "alarms"
MINUTE: Final = 60_000
EVERY: Final = "periodInMinutes"
NOT_SET: Final = "no alarm is set in code that is read"
ONCE: Final = "its alarm goes off once each time that it is set"


def alarm_times(interpreter: Interpreter) -> Times:
    """The periods of all alarms of the program, each with the name of its alarm where there are several."""
    return interpreter.found_once(ALARMS, lambda: _found(interpreter))


def _found(interpreter: Interpreter) -> Times:
    whys: list[str] = []
    spans: dict[Span, None] = {}
    several = len(calls := list(_set(interpreter))) > 1
    for call, scope in calls:
        given = [forced(interpreter.evaluate(arg, scope)) for arg in call.args[:2]]
        options = next((one for one in given if isinstance(one, Record)), None)
        every = options.fields.get(EVERY) if options is not None else None
        if every is None or isinstance(forced(every), Undefined):
            whys.append(ONCE if options is not None and not options.open else "what its alarm is set with is not known")
            continue
        told = times(interpreter, every, MINUTE)
        spans.update(dict.fromkeys(_named(given[0], one) if several else one for one in told.spans))
        whys.extend([told.why] if told.why and not told.spans else [])
    unknown = next((why for why in whys if why != ONCE), "")  # who listens hears that alarm as well
    return Times(() if unknown else tuple(spans), unknown or ("" if spans else (whys or [NOT_SET])[0]), off=False)


def _named(name: Value, span: Span) -> Span:
    return Span(span.ms, f"alarm {name.value}") if isinstance(name, Const) and isinstance(name.value, str) else span


def _set(interpreter: Interpreter) -> Iterator[tuple[Call, Scope]]:
    """The calls that set alarms."""
    for path, module in sorted(interpreter.program.modules.items()):
        if not module.mentions(".alarms"):
            continue
        for index, function in enumerate(module.functions):
            if ".alarms" not in function.refs:
                continue
            for call in module.nodes_of(index, Call):
                made = call.callee
                if isinstance(made, Member) and made.prop == "create" and getattr(made.obj, "prop", "") == ALARMS:
                    scope = static_scope(interpreter, path, index)
                    if not isinstance(forced(interpreter.evaluate(made, scope)), Closure):  # not the program's own
                        yield call, scope
