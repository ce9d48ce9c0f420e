"""Libraries that check data against a schema and give it back, with the defaults that the schema declares.

zod 3 and 4 (https://zod.dev/basics: `parse`, `safeParse(…).data`), yup 1 (https://github.com/jquense/yup: `validate`,
`cast`), joi 17 (https://joi.dev/api: `validate(…).value`, `attempt(value, schema)`), envalid 8
(https://github.com/af/envalid: `cleanEnv(environment, specs)`), by their documentation.
"""

from __future__ import annotations

from msgspec import Struct


class Schemas(Struct, frozen=True):
    """How one library names what makes schemas and what checks data."""

    objects: frozenset[str] = frozenset()
    """Functions that make a schema of an object; the first argument has its properties."""
    more: frozenset[str] = frozenset()
    """Methods that add the properties of their first argument."""
    same: frozenset[str] = frozenset()
    """Methods that give a schema of the same properties."""
    checks: frozenset[str] = frozenset()
    """Methods that give the data."""
    wrapped: tuple[tuple[str, str], ...] = ()
    """Methods that give it in a property of what they give."""
    functions: tuple[tuple[str, int, int], ...] = ()
    """Functions that give the data: the arguments that are the data and the schema, or its properties."""


_ZOD = Schemas(
    objects=frozenset({"object", "strictObject", "looseObject"}),
    more=frozenset({"extend", "merge", "safeExtend", "augment"}),
    same=frozenset(
        {"strict", "passthrough", "strip", "loose", "catchall", "partial", "required", "refine", "superRefine", "check"}
        | {"readonly", "describe", "meta", "brand", "optional", "nullable", "nullish", "default", "prefault", "catch"}
    ),
    checks=frozenset({"parse", "parseAsync", "decode", "decodeAsync"}),
    wrapped=(("safeParse", "data"), ("safeParseAsync", "data"), ("spa", "data")),
)

SCHEMAS: dict[str, Schemas] = {
    "zod": _ZOD,
    "zod/v3": _ZOD,
    "zod/v4": _ZOD,
    "yup": Schemas(
        objects=frozenset({"object"}),
        more=frozenset({"shape", "concat"}),
        same=frozenset({"noUnknown", "required", "defined", "strict", "camelCase", "label", "meta", "test", "default"}),
        checks=frozenset({"validate", "validateSync", "cast"}),
    ),
    "joi": Schemas(
        objects=frozenset({"object"}),
        more=frozenset({"keys", "append", "concat"}),
        same=frozenset({"unknown", "required", "options", "prefs", "preferences", "or", "and", "with", "label", "min"}),
        checks=frozenset({"validateAsync"}),
        wrapped=(("validate", "value"),),
        functions=(("attempt", 0, 1),),
    ),
    "envalid": Schemas(functions=(("cleanEnv", 0, 1), ("customCleanEnv", 0, 1))),
}
