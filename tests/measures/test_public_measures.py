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
    "place_raster",
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


def test_every_public_measure_is_used_or_has_a_reason_to_be_there():
    outside = [path for path in LIBRARY.rglob("*.py") if "measures" not in path.parts]
    code = "\n".join(path.read_text(encoding="utf-8") for path in outside)
    functions = {name for name in public if name.islower()}

    reasons = PUBLISHED | FOR_THE_ROOM

    unused = {name for name in functions if not re.search(rf"\b{name}\b", code)}

    assert sorted(unused - reasons) == []
    assert sorted(reasons - unused) == []
