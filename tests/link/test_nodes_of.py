"""The records of a function's code are listed by kind once, and what a module mentions is known."""

from __future__ import annotations

from callaudit.link.module import Module
from callaudit.syntax.ir import Assign, Call, Let, Loop
from callaudit.syntax.typescript import extract_module

SOURCE = b"""
export function load(id) {
  const first = ask(id);
  state.busy = true;
  const second = () => other(id);
  return ask(first);
}
"""


def _module() -> Module:
    return Module(extract_module("a.ts", SOURCE, "ts"))


def test_records_of_one_kind_come_in_order_without_those_of_functions_inside() -> None:
    module = _module()
    (load,) = (number for number, one in enumerate(module.functions) if one.name == "load")
    assert [call.line for call in module.nodes_of(load, Call)] == [3, 6]
    assert [let.line for let in module.nodes_of(load, Let)] == [3, 5]
    assert len(module.nodes_of(load, Assign)) == 1
    assert list(module.nodes_of(load, Loop)) == []
    for kind in (Call, Let, Assign):
        assert list(module.nodes_of(load, kind)) == [node for node in module.nodes(load) if type(node) is kind]


def test_a_module_mentions_names_of_all_its_functions() -> None:
    module = _module()
    assert module.mentions("other")
    assert module.mentions(".busy")
    assert not module.mentions("busy")
    assert not module.mentions("missing")
