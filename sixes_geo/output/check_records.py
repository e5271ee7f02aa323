"""How far an answer can be trusted, as plain values: what would change it."""

from __future__ import annotations

from typing import Any

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.split import EDGE_M
from sixes_geo.analysis.stress import Check


def check_record(check: Check) -> dict[str, Any]:
    """Return one way to hold the answer against chance."""
    return {
        "chance": check.kind,
        "assumed_cv": check.cv,
        "about": check.about.indicator if check.about else None,
        "concentration_index": check.index,
        "interval": check.interval,
        "expected": check.expected,
        "null_sd": check.null_sd,
        "p_value": check.p_value,
        "verdict": check.verdict,
        "reason": check.reason,
        "n": check.n,
        "effective_n": check.effective_n,
    }


def need_error_record(assessment: Assessment) -> dict[str, Any] | None:
    """Return what the limits of the need leave of the index."""
    limits = assessment.need_error
    if limits is None:
        return None
    return {
        "same_five_best_off": limits.same_best_off,
        "attenuation": limits.attenuation,
        "scale": limits.scale,
        "units_without_limits": limits.without_limits,
        "draws": limits.draws,
    }


def split_record(assessment: Assessment) -> dict[str, Any] | None:
    """Return the answer with the residents of deprived areas ranked as one group."""
    split = assessment.split
    if split is None:
        return None
    return {
        "areas": split.areas.context,
        "people_year": split.year,
        "people_share": split.at.people_share,
        "edge_m": EDGE_M,
        "sites_at": split.sites,
        "sites_inside": split.sites_inside,
        "concentration_index": split.at.index,
        "interval": split.at.interval,
        "verdict": split.at.test.verdict,
        "index_inside": split.inside.index if split.inside else None,
        "turns": split.turns,
    }
