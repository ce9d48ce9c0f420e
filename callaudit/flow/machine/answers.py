"""What was found out of the code itself, whoever runs it: each question is asked once of each place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.reading.mentioned import Mentioned
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Call, Expr, Let, Loop


class Answers:
    """Answers by the places of functions, or by the records of their code."""

    __slots__ = (
        "changing",
        "declaring",
        "handing",
        "listening",
        "mentioned",
        "mentions",
        "objects_with",
        "silent",
        "spoken",
        "static_scopes",
        "texts",
        "textual",
    )

    def __init__(self) -> None:
        """Know of none."""
        self.objects_with: dict[str, dict[int, Value]] = {}
        self.static_scopes: dict[tuple[str, int, int], Scope] = {}
        self.textual: dict[tuple[str, int], bool] = {}
        self.texts: dict[object, Value | None] = {}
        self.handing: dict[tuple[str, int], dict[int, Call]] = {}
        self.declaring: dict[tuple[str, int], tuple[list[Let], list[tuple[Loop, list[Let]]]]] = {}
        self.mentions: dict[int, bool] = {}
        self.silent: dict[int, bool] = {}
        self.mentioned: dict[Expr, Mentioned] = {}
        self.spoken: dict[Expr, str] = {}
        """Tests in a few words."""
        self.listening: dict[int, Call] = {}
        self.changing: dict[tuple[str, int], frozenset[str]] = {}
