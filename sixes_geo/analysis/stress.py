"""Stress: an answer held against other ideas of chance, and with the need known less well."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from sixes_geo.analysis import kept
from sixes_geo.analysis.assessment import Assessment, assess
from sixes_geo.analysis.nulls import workplaces_of
from sixes_geo.analysis.provision import Gatherer, Provision, gather
from sixes_geo.analysis.question import Question
from sixes_geo.analysis.ranking import error, ranked_units, with_error
from sixes_geo.base.errors import InputError
from sixes_geo.city.model import Indicator
from sixes_geo.measures import NetworkTest, PlacementTest

ASSUMED = (0.05, 0.10)
"""Coefficients of variation that are tried of a need whose survey publishes no limits."""

SIDES = ("better_off", "worse_off")
"""Verdicts that name a side: whether one decision could have done it is asked of these."""

SPREAD = 1.96
"""Standard deviations to either side within which chance gives 95 % of all indices."""


@dataclass(frozen=True)
class Check:
    """One way to hold an answer against chance.

    ``kind`` is ``residents`` (the answer as it stands), ``workplaces``, ``network``, ``split``
    (residents of deprived areas ranked as a group), or ``assumed`` (a need known less well, by
    the coefficient of variation ``cv``). ``interval`` is that of the index, None for a network
    moved as one piece: its sites are not resampled. Chance gives ``expected`` on average, with
    the standard deviation ``null_sd``. ``verdict`` is one of a `PlacementTest` or, of a network,
    of a `NetworkTest`, with its ``reason``. ``n`` counts sites, ``effective_n`` independent
    decisions. ``about`` is the indicator of jobs, or of the residents of deprived areas.
    ``by_sites`` marks a check that counts sites although the question weighs what they hold.
    """

    kind: str
    index: float
    interval: tuple[float, float] | None
    expected: float
    null_sd: float
    p_value: float
    verdict: str
    n: int
    reason: str = ""
    effective_n: float | None = None
    cv: float | None = None
    about: Indicator | None = None
    by_sites: bool = False

    @property
    def chance(self) -> tuple[float, float]:
        """Where chance puts the index 95 times in 100, about."""
        far = SPREAD * self.null_sd
        return max(-1.0, self.expected - far), min(1.0, self.expected + far)


def answer(question: Question, *, gathered: Gatherer = gather) -> Assessment:
    """Answer a question as its headline is told: with its network moved, if it names a side."""
    return with_network(assess(question, gathered(question)), gathered=gathered)


def with_network(assessment: Assessment, *, gathered: Gatherer = gather) -> Assessment:
    """Return an assessment that knows whether one single decision could have done it.

    It is asked only of an answer that names a side, and that counts sites: what is moved are
    sites, so that the index of docks or kilometres is another one.
    """
    test, question = assessment.test, assessment.question
    if test is None or test.verdict not in SIDES or question.weight != "sites":
        return assessment
    return replace(assessment, network=kept.network(question, gathered))


def checks_of(assessment: Assessment, *, gathered: Gatherer = gather) -> tuple[Check, ...]:
    """Hold an answer against every other chance that its city's data allow.

    Parameters
    ----------
    assessment
        An answer; without a test there is nothing to check.
    gathered
        Returns the provision of a question, for callers with a cache.

    Returns
    -------
    tuple of Check
        The answer itself first. What the data do not allow is left out: workplaces where jobs
        are not known, the network of money per unit, the split where nobody counted deprived
        areas. The need is taken to be known less well only where its source gives no limits.

    Notes
    -----
    These are no independent proofs: all look at the same sites.
    """
    test, question = assessment.test, assessment.question
    if test is None:
        return ()
    checks = [_check("residents", test)]
    jobs = kept.workplaces(question, gathered)
    known = workplaces_of(question.city, question.unit)
    if jobs is not None and known is not None:
        checks.append(replace(_check("workplaces", jobs), about=known[0]))
    network = kept.network(question, gathered)
    if network is not None:
        checks.append(replace(_network(network), by_sites=question.weight != "sites"))
    if assessment.split is not None:
        split = assessment.split
        checks.append(replace(_check("split", split.at.test), about=split.people))
    return (*checks, *_assumed(assessment, test, gathered(question)))


def _check(kind: str, test: PlacementTest) -> Check:
    """Return the check of a test of placement."""
    return Check(
        kind=kind,
        index=test.index,
        interval=test.interval,
        expected=test.expected,
        null_sd=test.null_sd,
        p_value=test.p_value,
        verdict=test.verdict,
        n=test.n,
    )


def _network(test: NetworkTest) -> Check:
    """Return the check of a network moved as one piece."""
    return Check(
        kind="network",
        index=test.index,
        interval=None,
        expected=test.null_mean,
        null_sd=test.null_sd,
        p_value=test.p_value,
        verdict=test.verdict,
        n=test.n,
        reason=test.reason,
        effective_n=test.effective_n,
    )


def _assumed(assessment: Assessment, test: PlacementTest, provision: Provision) -> list[Check]:
    """Return the checks with the need known less well, if its source says not how well."""
    question = assessment.question
    if assessment.need_error is not None or question.weight == "amount":
        return []
    ranked = ranked_units(assessment.units)
    checks = []
    for cv in ASSUMED:
        with suppress(InputError):  # a need below 0 has no coefficient of variation
            less = with_error(test, error(question, provision, ranked, cv))
            checks.append(replace(_check("assumed", less), cv=cv))
    return checks
