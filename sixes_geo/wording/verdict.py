"""The verdict in words: which way a distribution leans, how far, or that it cannot be told."""

from __future__ import annotations

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.i18n import Translator
from sixes_geo.measures import size_of
from sixes_geo.measures.base.thresholds import ALPHA, LEAST_SITES_TO_RESAMPLE

SURE = ("better_off", "worse_off", "even")
"""Verdicts that say something about the whole city."""


def is_sure(assessment: Assessment) -> bool:
    """Tell whether the verdict says more than that it cannot be told."""
    return verdict_key(assessment) in SURE


def verdict_key(assessment: Assessment) -> str:
    """Return the key of the verdict; "cannot tell" is split by its reason.

    ``too_few`` and ``unsettled`` are both told where a share or the index is more than chance
    but the interval includes 0: the first where there are too few sites for the interval to be
    narrow, the second where there are many.
    """
    test, headline = assessment.test, assessment.headline
    if test is None:
        return "nothing"
    if test.null_sd == 0:
        return "no_difference"
    if test.verdict != "cannot_tell":
        return test.verdict
    unlikely = test.p_value <= ALPHA or (headline is not None and headline.beyond_chance)
    if not unlikely:
        return "cannot_tell"
    return "too_few" if test.n < LEAST_SITES_TO_RESAMPLE else "unsettled"


def verdict_words(assessment: Assessment, tr: Translator) -> str:
    """Return the verdict as a clause."""
    return tr(f"verdict.{verdict_key(assessment)}")


def verdict_sentence(assessment: Assessment, tr: Translator) -> str:
    """Return the verdict as a sentence about the whole city.

    It says how far the distribution leans, and begins with "even so" where the share in the
    headline points to the other side.
    """
    key, test, headline = verdict_key(assessment), assessment.test, assessment.headline
    sentence = tr(
        f"verdict_sentence.{key}",
        the_many=" ".join(tr.text(assessment.question.unit.the_k).format(k="").split()),
        size=tr(f"size.{size_of(test.index if test else 0.0)}"),
    )
    if test is not None and headline is not None and key in ("better_off", "worse_off"):
        if headline.against(test.index):
            return tr("verdict_sentence.even_so", sentence=sentence)
    elif headline is not None and key == "even" and headline.beyond_chance:
        return tr("verdict_sentence.even_so", sentence=sentence)
    return sentence[:1].upper() + sentence[1:]
