"""The verdict in words: which way a distribution leans, how far, or that it cannot be told."""

from __future__ import annotations

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.split import EDGE_M
from sixes_geo.i18n import Translator
from sixes_geo.measures import is_borderline, size_of
from sixes_geo.measures.base.thresholds import ALPHA, LEAST_SITES_TO_RESAMPLE

INDEX_DECIMALS = 2

SURE = ("better_off", "worse_off", "even")
"""Verdicts that say something about the whole city."""


def is_sure(assessment: Assessment) -> bool:
    """Tell whether the verdict says more than that it cannot be told."""
    return verdict_key(assessment) in SURE


def verdict_key(assessment: Assessment) -> str:
    """Return the key of the verdict; "cannot tell" is split by its reason.

    ``too_few`` and ``unsettled`` are both told where a share or the index is more than chance
    but the interval includes 0: the first where there are too few sites for the interval to be
    narrow, the second where there are many. ``turned`` is told where the residents of deprived
    areas, ranked as a group of their own, turn the answer to the other side.
    """
    test, headline = assessment.test, assessment.headline
    if test is None:
        return "nothing"
    if test.null_sd == 0:
        return "no_difference"
    if assessment.split is not None and assessment.split.turns:
        return "turned"
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
    headline points to the other side. Where the residents of deprived areas turn the answer, it
    says that first. A verdict that hangs on a thread is called borderline.
    """
    key, test, headline = verdict_key(assessment), assessment.test, assessment.headline
    if key == "turned":
        return _turned(assessment, tr)
    sentence = tr(
        f"verdict_sentence.{key}",
        the_many=_the_many(assessment, tr),
        size=tr(f"size.{size_of(test.index if test else 0.0)}"),
        figures=_figures(assessment, tr),
    )
    against = False
    if test is not None and headline is not None:
        sided = key in ("better_off", "worse_off")
        against = headline.against(test.index) if sided else False
        against = against or (key == "even" and headline.beyond_chance)
    if against:
        sentence = tr("verdict_sentence.even_so", sentence=sentence)
    borderline = test is not None and is_borderline(test.p_value, test.interval)
    more = [tr("verdict_sentence.borderline")] if borderline else []
    if assessment.network is not None:
        more.append(tr(f"verdict_sentence.network_{assessment.network.verdict}"))
    return " ".join([sentence[:1].upper() + sentence[1:], *more])


def _figures(assessment: Assessment, tr: Translator) -> str:
    """Write the index with its interval, inside a sentence."""
    test = assessment.test
    if test is None:
        return ""
    low, high = (tr.signed(end, INDEX_DECIMALS) for end in test.interval)
    return tr(
        "verdict_sentence.figures", index=tr.signed(test.index, INDEX_DECIMALS), low=low, high=high
    )


def _turned(assessment: Assessment, tr: Translator) -> str:
    """Say that the residents of deprived areas turn the answer to the other side."""
    test, split = assessment.test, assessment.split
    if test is None or split is None:
        return ""
    people = tr.text(split.people.title)
    return tr(
        f"verdict_sentence.turned_{split.at.test.verdict}",
        people=people[:1].lower() + people[1:],
        size=tr(f"size.{size_of(split.at.index)}"),
        sites=split.sites,
        of=split.of,
        edge=EDGE_M,
        the_many=_the_many(assessment, tr),
        index=tr.signed(test.index, INDEX_DECIMALS),
    )


def _the_many(assessment: Assessment, tr: Translator) -> str:
    """Name all units of the level, with their article."""
    return " ".join(tr.text(assessment.question.unit.the_k).format(k="").split())
