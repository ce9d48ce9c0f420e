"""How the figures of the load estimate come about, in words: formulas of contributions, sources of quotas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.advice.verdict import state
from callaudit.inventory.times import time_words
from callaudit.report.audit_document.model import Formula, Mark, Source
from callaudit.report.audit_document.wording import amount, number, span
from callaudit.report.load.numbers import who

if TYPE_CHECKING:
    from callaudit.advice.model import State
    from callaudit.load.results import BucketLoad, Contribution, ScenarioLoad
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Level, Number

_STATES: Final[dict[State, tuple[str, Level]]] = {
    "over": ("over the quota", "bad"),
    "tight": ("nearly used up", "warning"),
    "worst": ("fits, at worst not", "warning"),
    "fits": ("fits", "good"),
    "unknown": ("not known", "note"),
}


def quota_source(bucket: BucketLoad, material: Material) -> Source:
    """Return where the provider states a quota."""
    profile = material.catalogue.profiles.get(bucket.provider)
    if profile is None:
        return Source(f"no profile knows the quota of {bucket.title or bucket.id}")
    facts = next((one for one in profile.buckets if bucket.id.startswith(f"{bucket.provider}.{one.id}")), None)
    cited = profile.addresses(facts.capacity.sources) if facts is not None else ()
    said = f"{profile.provider.name} allows {capacity(bucket)}, read {profile.provider.retrieved}"
    return Source(said, cited[0] if cited and "://" in cited[0] else "")


def capacity(bucket: BucketLoad) -> str:
    """Return `100 credits in 60 s`."""
    if bucket.capacity is None:
        return "not known"
    per = f" in {window(bucket)}" if bucket.window_seconds else ""
    return f"{amount(bucket.capacity)} {bucket.unit}{per}"


def window(bucket: BucketLoad) -> str:
    """Return the time in which a quota counts: `1 min`."""
    return time_words((bucket.window_seconds or 0) * 1000)


def used(bucket: BucketLoad) -> Number:
    """Return what is expected of a quota, with the sum of its largest parts as its formula."""
    parts = [one for one in bucket.contributors if one.credits_per_window.expected > 0]
    total = bucket.credits_per_window.expected
    rest = total - sum(one.credits_per_window.expected for one in parts)
    names = [f"{one.entry} {one.endpoint}{_reason(one)}" for one in parts[:6]]
    summed = [
        f"{amount(one.credits_per_window.expected)} {name}{_line(one) if names.count(name) > 1 else ''}"
        for one, name in zip(parts, names, strict=False)
    ]
    rest += sum(one.credits_per_window.expected for one in parts[6:])
    if rest > total / 1000:
        summed.append(f"{amount(rest)} all others")
    formula = Formula(f"{' + '.join(summed)} = {amount(total)} {bucket.unit}" if summed else "nothing is expected")
    return number(span(bucket.credits_per_window), formula, value=total)


def _line(one: Contribution) -> str:
    """Tell parts apart that differ by nothing but the call."""
    return f" ({one.file.rpartition('/')[2]}:{one.line})"


def _reason(one: Contribution) -> str:
    """Tell parts of one entry apart that ask for one endpoint for different reasons."""
    return {"load": " on load", "focus": " on focus", "refetch": " again"}.get(one.kind, "")


def contribution_formula(one: Contribution, bucket: BucketLoad, material: Material) -> Formula:
    """Return how one part of a bucket's load is computed: who asks, how often, and what a request costs."""
    rate, spent = one.requests_per_second.expected, one.credits_per_window.expected
    seconds = bucket.window_seconds or 1
    cost = spent / (rate * seconds) if rate else 0
    costs = f"{units(cost, bucket.unit)} × {time_words(seconds * 1000)} = {units(spent, bucket.unit)}"
    return Formula(f"{_rate(one, rate, material)}; × {costs}")


def units(value: float, unit: str) -> str:
    """Return `1 credit`, `2,498 credits`."""
    return f"{amount(value)} {unit[:-1] if amount(value) == '1' and unit.endswith('s') else unit}"


def _rate(one: Contribution, rate: float, material: Material) -> str:
    """Say how often a part asks: who asks at a time, every how many seconds."""
    text = f"{amount(rate)} requests/s"
    stream = material.stream(one.stream)
    if stream is None or rate <= 0 or one.kind not in ("poll", "timer", "loop", "cron") or not stream.alternatives:
        return text
    several = sorted({alternative.seconds for alternative in stream.alternatives})
    calls = stream.calls.expected
    times = f" × {amount(calls)} requests" if calls != 1 else ""
    if len(several) == 1:
        asking = rate * several[0] / (calls or 1)
        return f"{amount(asking)} that ask at a time{times} / {time_words(several[0] * 1000)} = {text}"
    every = " or ".join(time_words(seconds * 1000) for seconds in several)
    return f"asked every {every}, as the conditions hold{times}: {text}"


def verdict(bucket: BucketLoad) -> Mark:
    """Return how a bucket bears its load."""
    found = state(bucket)
    text, level = _STATES[found]
    return Mark(f"{amount(bucket.share)} times the quota" if found == "over" else text, level)


def scenario_title(group: tuple[ScenarioLoad, ...]) -> str:
    """Return `250 users`, or `250 to 10,000 users` where the load is the same for all of these."""
    least, most = who(group[0]), who(group[-1])
    return least if least == most else f"{group[0].users:,} to {most}"
