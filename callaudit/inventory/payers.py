"""Who sends a request in the end, and which quota of its provider pays for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.apps.sides import side_of
from callaudit.flow.machine.callbacks import Step
from callaudit.flow.requests.headers import OPEN, PERHAPS, SENT
from callaudit.frameworks.model import is_process
from callaudit.inventory.crossings import Crossing, Side

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.effects.cost import Chain
    from callaudit.flow.effects.effects import Target
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.requests.headers import Options
    from callaudit.frameworks.model import Entry
    from callaudit.providers.match import Catalogue
    from callaudit.providers.model import Context, Endpoint, Profile

UNKNOWN = "unknown"


class Payers:
    """Answers for the reaches of all entries."""

    def __init__(self, interpreter: Interpreter, catalogue: Catalogue) -> None:
        """Ask the program for its directives, and `catalogue` for the quotas of providers."""
        self._in = interpreter
        self._catalogue = catalogue

    def origin(self, entry: Entry, chain: Chain) -> str:
        """Where the request at the end of `chain` is sent: in the browser, by a server, or by a worker.

        Code runs where it is called, until a file or function says otherwise, or an own route answers.
        """
        origin = "worker" if is_process(entry) else entry.origin
        for step in chain:
            if isinstance(step, (Crossing, Side)):
                origin = step.origin or origin  # what listens to an emitter runs where it is emitted
            elif isinstance(step, Step) and origin != "worker":
                origin = side_of(self._in, step.file, step.line) or origin
        return origin

    def bucket(self, target: Target, sent: Iterable[Options], origin: str) -> tuple[str, str]:
        """The quota that pays for a request, and why it is not known, or when it is another one.

        `sent` are the headers of the request as each caller sends it. Empty where no profile knows the host.
        """
        profile = self._catalogue.provider_of(target.host) if target.host else None
        if profile is None:
            return "", ""
        fields = dict(target.discriminator) or None
        endpoint = self._catalogue.endpoint(target.host, target.method, target.path, fields)
        answers = {self._of_one(profile, target, endpoint, options, origin) for options in sent}
        if len(answers) == 1:
            return answers.pop()
        return UNKNOWN, "callers differ: " + ", ".join(sorted({bucket for bucket, _ in answers}))

    def _of_one(
        self, profile: Profile, target: Target, endpoint: Endpoint | None, options: Options, origin: str
    ) -> tuple[str, str]:
        whys = [value for name, value in options if name == OPEN]
        conditional = ""
        first = ""
        for context in profile.contexts:
            header = context.when.header
            fits = self._fits(context, target, endpoint, options)
            if fits is False and not (header and whys):
                continue
            names = _buckets(profile, context, endpoint, origin)
            if fits is None:
                first, conditional = first or names, conditional or f"when {header} is set"
                continue
            if fits is False:
                return UNKNOWN, f"{whys[0]}: {header} may be among them"
            return (names, "") if not first else (first, f"{conditional}, else {names}")
        return (first, conditional) if first else (UNKNOWN, "no way of calling that the profile knows fits")

    def _fits(self, context: Context, target: Target, endpoint: Endpoint | None, options: Options) -> bool | None:
        """Whether a call falls into `context`; None where that depends on a header that is sent on a condition."""
        when = context.when
        host = self._catalogue.host_of(target.host)
        if when.host and (host is None or host.id != when.host):
            return False
        if when.access and (endpoint is None or endpoint.access != when.access):
            return False
        if not when.header:
            return True
        name = when.header.lower()
        if (SENT, name) in options:
            return True
        return None if (PERHAPS, name) in options else False


def _buckets(profile: Profile, context: Context, endpoint: Endpoint | None, origin: str) -> str:
    """The quotas that a call in `context` is charged to; one that an address pays says whose address."""
    charged = profile.costs[endpoint.cost].charges if endpoint is not None and endpoint.cost in profile.costs else None
    found: list[str] = []
    for bucket in profile.buckets:
        if context.id in bucket.contexts and (charged is None or bucket.id in charged):
            payer = ("visitor" if origin == "browser" else "server") if "ip" in bucket.key_by else ""
            found.append(".".join(part for part in (profile.provider.id, bucket.id, payer) if part))
    return " + ".join(found) or UNKNOWN
