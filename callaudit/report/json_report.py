"""The inventory as one JSON document: the contract that other programs read (`callaudit/inventory/1`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from callaudit.report.escape import encodable, json_text

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory


def inventory_json(inventory: Inventory) -> str:
    """Return the inventory with an indent of two spaces; fields that are not known are left out."""
    return json_document(inventory)


def json_document(value: Any) -> str:
    """Return records, dicts and lists as JSON, the same for equal values, with a newline at the end."""
    try:
        text = msgspec.json.encode(value)
    except UnicodeEncodeError:  # a file name that is not UTF-8
        text = msgspec.json.encode(_encodable(msgspec.to_builtins(value)))
    return json_text(msgspec.json.format(text, indent=2).decode("utf-8")) + "\n"


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, dict):
        return {encodable(key): _encodable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_encodable(item) for item in value]
    return value
