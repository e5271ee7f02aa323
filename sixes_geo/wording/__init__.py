"""What is shown, in sentences, in any language: of an assessment, of reach, clusters and dates.

No sentence says more than the figures it is given.
"""

from sixes_geo.wording.assessment import (
    INDEX_DECIMALS,
    accounting_words,
    basis_words,
    chance_words,
    figure,
    headline,
    index_words,
    interval_words,
    map_words,
    need_title,
    need_words,
    verdict_key,
    verdict_map_words,
    verdict_words,
    zeros_words,
)
from sixes_geo.wording.counts import (
    begun,
    counted,
    counted_short,
    counted_within,
    is_money,
    is_rough,
    places_words,
    resting,
    whole,
)

__all__ = [
    "INDEX_DECIMALS",
    "accounting_words",
    "basis_words",
    "begun",
    "chance_words",
    "counted",
    "counted_short",
    "counted_within",
    "figure",
    "headline",
    "index_words",
    "interval_words",
    "is_money",
    "is_rough",
    "map_words",
    "need_title",
    "need_words",
    "places_words",
    "resting",
    "verdict_key",
    "verdict_map_words",
    "verdict_words",
    "whole",
    "zeros_words",
]
