"""Decides what a repository's calls come to: the stage between what is computed and what reports write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.advice.files import weights
from callaudit.advice.heavy import heavy, loops
from callaudit.advice.model import Advice
from callaudit.advice.questions import questions
from callaudit.advice.ranking import ranked
from callaudit.advice.remedies import remedies
from callaudit.advice.risks import risks
from callaudit.advice.strengths import lacking, strengths, uncached
from callaudit.advice.verdict import verdict

if TYPE_CHECKING:
    from callaudit.advice.known import Known


def advise(known: Known) -> Advice:
    """Return what is to be said of a repository; the same knowledge gives the same advice."""
    files, idle = weights(known)
    return Advice(
        verdict=verdict(known),
        findings=ranked(known.checked.findings, known.smallest),
        remedies=remedies(known),
        heavy=heavy(known),
        loops=loops(known),
        strengths=tuple(strengths(known)),
        lacking=tuple(lacking(known)),
        uncached=tuple(uncached(known)),
        files=files,
        idle_files=idle,
        questions=tuple(questions(known)),
        risks=tuple(risks(known)),
    )
