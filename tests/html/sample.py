"""A document with every kind of block, the fixture's figures, and names that attack a page."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from callaudit.audit import audit
from callaudit.inventory.model import Entry, Files, Inventory, Reach, Step
from callaudit.inventory.model import Place as Site
from callaudit.load.answer import load
from callaudit.load.builtin import builtin_scenarios
from callaudit.load.model import Alternative, Bucket, Charge, Condition, Model, Stream, Term
from callaudit.load.model import Place as Spot
from callaudit.load.ranges import ONE
from callaudit.load.rates import stream_rates
from callaudit.load.resolve import resolved
from callaudit.load.streams import model_of
from callaudit.load.totals import Totals
from callaudit.providers.load import builtin_profiles
from callaudit.providers.match import Catalogue
from callaudit.report.audit_document.model import (
    AuditDocument,
    Code,
    Column,
    Excerpt,
    Fact,
    Facts,
    Formula,
    Grid,
    Item,
    Items,
    Mark,
    Number,
    Paragraph,
    Place,
    Reproduce,
    Section,
    SectionLink,
    Snippet,
    Source,
    Strong,
    Words,
)
from callaudit.report.html.pictured import Pictured

if TYPE_CHECKING:
    from callaudit.load.scenario import Scenario

FIXTURE: Final = Path(__file__).parents[2] / "fixtures" / "fightclub"
ROUTE: Final = "apps/web/src/app/api/orders/route.ts"
LINE: Final = 41
RATES: Final = (12.5, 3.0, 100.0, 0.25, 40.0, 7.0, 1200.0)

HOSTILE: Final = (
    "<script>window.hacked = 1</script>",
    "</script><script>window.hacked = 2</script>",
    '"><img src=x onerror="window.hacked = 3">',
    "' onmouseover='window.hacked = 4' x='",
    "</style><svg onload=window.hacked=5>",
    "{{ 7 * 7 }}{% raw %}",
    "\x1b[31mred\x07\u202egnp.exe\u200b\udcff",
    "a&b<c>\u2028d]]>",
)


def document() -> AuditDocument:
    """A document of every kind of block."""
    rate = Formula("125 users × 1 / 15 s = 8.33 requests/s")
    limit = Source("300 credits in 60 s", "https://docs.example.test/limits")
    place = Place(ROUTE, LINE)
    summary = Section(
        "summary",
        "",
        "Executive summary",
        (
            Facts(
                (
                    Fact("Capacity", (Words("fits up to "), Number("27 users", (rate, limit, place), 27))),
                    Fact("Risk", (Mark("HIGH: over the limit", "bad"),)),
                )
            ),
            Items((Item((Words("Prices are pushed: "), place)),), "Strong points"),
            Items((Item((SectionLink("what to do", "detail"),)),), "Key findings", ordered=True),
            Reproduce("callaudit"),
        ),
    )
    rows = tuple(
        ((Code(f"GET /api/{name}"),), (Number(f"{value:,g}", (rate, place), value),), (Words(f"row {name}"),))
        for name, value in zip("cabgdfe", RATES, strict=True)
    )
    grid = Grid("rates", (Column("Route", "code"), Column("Requests/s", "number"), Column("Note")), rows, "Rates")
    inner = Section("detail-code", "1.1", "Code", (_excerpt(), Snippet("Strategy", "const a = 1;\nconst b = 2;"), rate))
    todo = Items(
        (
            Item((Strong("Cache"), Words(" prices")), open=True),
            Item((Words("Done"),), (Item((Words("and below"),)),), open=False),
        )
    )
    detail = Section("detail", "1", "Detail", (Paragraph((Words("At "), place, Words("."))), grid, todo), (inner,))
    return AuditDocument("API usage audit: fixture", ("70 files", "16 routes"), (summary, detail))


def _excerpt() -> Excerpt:
    return Excerpt(ROUTE, 10, ("  first;", "  second;", "  third;"), marked=(11,))


@cache
def inventory() -> Inventory:
    return audit(FIXTURE).inventory


@cache
def model() -> Model:
    return model_of(inventory(), Catalogue(builtin_profiles()))


@cache
def scenarios() -> tuple[Scenario, ...]:
    totals = Totals(model())
    return tuple(resolved(one, totals) for one in builtin_scenarios())


def lines(file: str) -> tuple[str, ...]:
    path = FIXTURE / file
    return tuple(path.read_text(encoding="utf-8").splitlines()) if path.is_file() else ()


def pictured() -> Pictured:
    """The figures of the fixture."""
    return drawn(inventory(), model(), scenarios())


def without_limits() -> Pictured:
    """The figures of the fixture where no profile knows a limit."""
    buckets = tuple(replace(one, capacity=None, tiers=()) for one in model().buckets)
    return drawn(inventory(), replace(model(), buckets=buckets), scenarios())


def drawn(found: Inventory, made: Model, given: tuple[Scenario, ...]) -> Pictured:
    """Figures of a model in some scenarios."""
    rates = stream_rates(made, given[0])
    return Pictured(inventory=found, lines=lines, model=made, load=load(made, given), scenarios=given, rates=rates)


def hostile_document() -> AuditDocument:
    """Every name that attacks, in every place of a document that takes text."""
    sections = []
    for number, text in enumerate(HOSTILE):
        evidence = (Place(text, 3), Formula(text), Source(text, f"javascript:window.hacked={number}"))
        line = (Words(text), Strong(text), Code(text), Number(text, evidence), Mark(text, "note"), *evidence[::2])
        blocks = (
            Facts((Fact(text, line),)),
            Items((Item(line),), text),
            Grid(text, (Column(text), Column(text, "number")), ((line, line),) * 7, text),
            Excerpt(text, 1, (text, text), (1,)),
            Snippet(text, text),
            Formula(text),
            Reproduce(text),
        )
        sections.append(Section(f"part-{number}", str(number), text, blocks))
    return AuditDocument(HOSTILE[0], HOSTILE, tuple(sections))


def hostile_figures() -> Pictured:
    """An inventory and a model whose every name attacks."""
    entries, streams = [], []
    for number, text in enumerate(HOSTILE):
        reach = Reach(
            host=text, method="GET", path=text, min=1, conditional=True, site=Site(text, 4), origin="browser",
            via=(Step(text, text, 2),), through=(text,), bucket=text, bucket_why=text, endpoint=f"GET {text}",
        )  # fmt: skip
        entries.append(Entry("hook", text, text, number + 1, "browser", (reach,), 1))
        streams.append(
            Stream(
                id=number, kind="poll", entry=text, function=text, file=text, line=7, mechanism=text, holder="user",
                pages=(), origin="browser", provider="", endpoint=f"GET {text}", method="GET", host=text, path=text,
                site=Spot(text, 4), charges=(Charge(text, ONE),), through=(text,),
                alternatives=(Alternative(5, Condition("term", term=Term("unknown", text))),),
            )
        )  # fmt: skip
    buckets = tuple(
        Bucket(id=text, provider=text, unit=text, per="all", capacity=10, window_s=60, title=text, tiers=((text, 20),))
        for text in HOSTILE
    )
    made = Model(tuple(streams), buckets, ())
    given = (replace(builtin_scenarios()[0], name=HOSTILE[0], actions=()),)
    found = Inventory("1", "0", ".", Files(1, 0, 0), (), (), (), tuple(entries), (), (), (), (), ())
    return drawn(found, made, given)
