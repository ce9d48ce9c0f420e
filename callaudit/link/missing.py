"""Names of the repository's own that are not there: a file that is generated and not committed, an export that is none.

Nothing is known of what code does that uses them: silence about it would look like no request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.link.definitions import ModuleObject, Unlinked

if TYPE_CHECKING:
    from callaudit.link.definitions import Definition
    from callaudit.link.program import Program

NO_FILE = "no such file"
NO_EXPORT = " exports no "


def is_missing(definition: Definition | None) -> bool:
    """Whether a name was looked for in the repository and is not there; styles, pictures and types have none."""
    return isinstance(definition, Unlinked) and says_missing(definition.why)


def says_missing(why: str) -> bool:
    """Whether a reason why something is not known is that a file or an export of the repository is missing."""
    return NO_FILE in why or NO_EXPORT in why


def missing_value(program: Program, module: str, name: str) -> bool:
    """Whether what `module` imports as `name` is missing, and may be more than a type."""
    imported = program.modules[module].imports.get(name)
    if imported is None or imported.type_only or not is_missing(program.name(module, name)):
        return False
    origin = program.source(module, imported.source)
    return not isinstance(origin, ModuleObject) or program.interface(origin.module, imported.imported) is None
