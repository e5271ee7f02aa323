"""A public measure is used by the product, or has a stated reason to be there."""

import re
from pathlib import Path

import sixes_geo
from sixes_geo.measures import __all__ as public

LIBRARY = Path(sixes_geo.__file__).parent

PUBLISHED = {
    "gini_index",
    "hoover_index",
    "lorenz_curve",
    "palma_ratio",
    "fgt_poverty",
    "theil_t",
    "areal_interpolation",
    "benjamini_hochberg",
}
"""What analysts call by name: `docs/methods.md` promises it, with published answers."""

FOR_THE_ROOM = {
    "ahp_weights",
    "budget_weights",
    "dot_votes",
    "exponential_coverage",
    "greedy_coverage",
    "kendall_w",
    "maximal_coverage",
    "p_median",
    "rank_frequency",
}
"""Deliberation and siting: what a meeting will use."""

HOW_FAR_AN_ANSWER_HOLDS = {
    "verdict_of_index",
    "is_borderline",
    "need_error",
    "need_split",
    "network_test",
    "place_raster",
}
"""Other nulls, errors and splits that analysts ask of an answer before it is told: each is
described in `docs/methods.md`, with how often it is wrong."""


def test_every_public_measure_is_used_or_has_a_reason_to_be_there():
    outside = [path for path in LIBRARY.rglob("*.py") if "measures" not in path.parts]
    code = "\n".join(path.read_text(encoding="utf-8") for path in outside)
    functions = {name for name in public if name.islower()}

    reasons = PUBLISHED | FOR_THE_ROOM | HOW_FAR_AN_ANSWER_HOLDS

    unused = {name for name in functions if not re.search(rf"\b{name}\b", code)}

    assert sorted(unused - reasons) == []
    assert sorted(reasons - unused) == []
