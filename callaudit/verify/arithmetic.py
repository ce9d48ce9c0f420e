"""Claims that compute: `125 users / 15 s = 8.33/s`, sums below tables."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from callaudit.verify.asserted import quoted
from callaudit.verify.expressions import Amount, amount, other_things
from callaudit.verify.model import Claim, Evidence
from callaudit.verify.names import CALLED
from callaudit.verify.words import NUMBER, name_words, number, singular

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.inventory.model import Trigger
    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Block, Statement, Verdict

_EQUALS = re.compile(r"(?<![<>=!:])=(?![=>])|≈")
_ROUGH = re.compile(r"~|≈|\babout\b|\baround\b|\bapprox", re.IGNORECASE)
_EXACT, _LOOSE = 0.02, 0.15
"""How far off a result may be, relatively: one that is rounded, and one that is said to be about right."""

_TOTAL = re.compile(rf"^\W*total\s+([a-z ]+?)\W*:\s*({NUMBER})(?:\s*[-–]\s*({NUMBER}))?", re.IGNORECASE | re.MULTILINE)
_FIRST = re.compile(rf"({NUMBER})(?:\s*[-–]\s*({NUMBER}))?")


def arithmetic_claims(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Compute what a statement says of numbers on both sides of an equals sign."""
    block = statement.block
    texts = block.cells if block.kind == "row" else statement.text.split("\n")
    for number_, line in enumerate(texts):
        sides = [amount(side) for side in _EQUALS.split(line)]
        rough = bool(_ROUGH.search(line))
        at = statement.line + (number_ if block.kind != "row" else 0)
        for left, right in pairwise(sides):
            if left is None or right is None or not _comparable(left, right):
                continue
            claim = f"{left.text} = {right.text}"
            slack = _LOOSE if rough else _EXACT
            same = _equal(left, right, slack) or _continues(left, right, slack) or _converts(left, right)
            verdict: Verdict = "confirmed" if same else "contradicted"
            found = f"it is {_shown(left, right)}"
            yield Claim(
                at, "arithmetic", claim, verdict, found, (Evidence(text=f"{left.text} = {_shown(left, right)}"),)
            )
        yield from _several(line, at, sides, statement, ground)


def _comparable(left: Amount, right: Amount) -> bool:
    """Whether both are of one kind, and one of them computes or both are rates."""
    if left.exponent != right.exponent or (left.operands == right.operands == 1 and other_things(left, right)):
        return False
    return left.operands > 1 or right.operands > 1 or (left.exponent == -1 and left.text != right.text)


def _equal(left: Amount, right: Amount, slack: float) -> bool:
    return all(
        abs(one - other) <= max(slack * max(abs(one), abs(other)), right.step)
        for one, other in ((left.low, right.low), (left.high, right.high))
    )


def _continues(left: Amount, right: Amount, slack: float) -> bool:
    """Whether the right side begins with the result and goes on, as in `a / b = 333/s × 3 = 1,000/s`."""
    if right.operands < 2 or right.first is None:
        return False
    low, high = right.first
    return all(abs(a - b) <= slack * max(abs(a), abs(b)) for a, b in ((left.low, low), (left.high, high)))


def _converts(left: Amount, right: Amount) -> bool:
    """Whether they differ by a factor that is written out to convert units (`× 60`)."""
    factors = [float(part) for part in re.findall(r"\b(?:60|3600|86400|1000)\b", left.text)]
    ratio = left.low / right.low if right.low else 0.0
    return any(abs(ratio / by - 1) <= _EXACT or abs(ratio * by - 1) <= _EXACT for by in factors)


def _shown(left: Amount, right: Amount) -> str:
    """Return the left side in the unit of the right one."""
    low, high = left.low / right.scale, left.high / right.scale
    text = f"{low:,.4g}" if low == high else f"{low:,.4g}-{high:,.4g}"
    return f"{text}{right.unit}"


def _several(
    line: str, at: int, sides: Sequence[Amount | None], statement: Statement, ground: Ground
) -> Iterator[Claim]:
    """Check that a rate of one request stands for one request, where several functions are named as its label."""
    rates = [side for side in sides if side and side.exponent == -1]
    if not rates or len(sides) < 2:
        return
    lines = statement.block.text.split("\n")
    place = at - statement.block.line
    before = lines[place - 1] if statement.block.kind == "code" and 0 < place < len(lines) else ""
    label = line.partition("=")[0] if CALLED.search(line.partition("=")[0]) else before
    names = list(dict.fromkeys(CALLED.findall(label)))
    if len(names) < 2 or "+" not in label:
        return
    polls = {name: _polls(name, ground) for name in names}
    if not all(polls.values()):
        return
    rate = rates[0]
    claim = f"{' + '.join(f'{name}()' for name in names)} make {rate.text} together"
    total = f"{len(names)} × {rate.low:.4g}/s = {len(names) * rate.low:.4g}/s"
    found = f"{len(names)} requests, each with its own poll: {total}"
    evidence = tuple(Evidence(polls[name][0].file, polls[name][0].line) for name in names)
    yield Claim(at, "arithmetic", claim, "contradicted", found, evidence)


def _polls(name: str, ground: Ground) -> list[Trigger]:
    """Return the live polls of what a function asks for."""
    ends = {(reach.method, reach.path.partition("?")[0]) for _, reach in ground.reaches_by(name)}
    found = [
        trigger
        for trigger in ground.repeating
        if not trigger.dead and {(p.method, p.path.partition("?")[0]) for p in trigger.endpoints} & ends
    ]
    return sorted(found, key=lambda trigger: (trigger.kind == "cron", len(trigger.endpoints)))


def total_claims(blocks: Sequence[Block]) -> Iterator[Claim]:
    """Add up the column of a table that a `Total …:` below it speaks of."""
    rows: list[Block] = []
    for block in blocks:
        if block.kind == "row":
            rows = [*(row for row in rows if row.headers == block.headers), block]
        elif block.kind == "heading":
            rows = []
        elif block.kind in ("paragraph", "item") and rows:
            for found in _TOTAL.finditer(block.text):
                yield from _total(found, rows, block)


def _total(found: re.Match[str], rows: list[Block], block: Block) -> Iterator[Claim]:
    wanted = {singular(word) for word in name_words(found[1])}
    columns = [n for n, title in enumerate(rows[0].headers) if {singular(w) for w in name_words(title)} & wanted]
    if len(columns) != 1:
        return
    cells = [_FIRST.search(row.cells[columns[0]]) if columns[0] < len(row.cells) else None for row in rows]
    if any(cell is None for cell in cells) or any("%" in row.cells[columns[0]] for row in rows):
        return
    low = sum(number(cell[1]) for cell in cells if cell)
    high = sum(number(cell[2] or cell[1]) for cell in cells if cell)
    said = (number(found[2]), number(found[3] or found[2]))
    shown = f"{low:g}" if low == high else f"{low:g}-{high:g}"
    claim = quoted(found[0].strip("* "))
    line = block.line + block.text.count("\n", 0, found.start())
    verdict: Verdict = "confirmed" if said == (low, high) else "contradicted"
    formula = " + ".join(cell[0] for cell in cells if cell)
    yield Claim(
        line, "arithmetic", claim, verdict, f"the column adds up to {shown}", (Evidence(text=f"{formula} = {shown}"),)
    )
