"""Results in sentences, in any language: assessments, reach, clusters, change.

No sentence claims more than its figures do.
"""

from sixes_geo.wording.assessment import (
    accounting_words,
    basis_words,
    chance_words,
    figure,
    headline,
    headline_lines,
    index_words,
    interval_words,
    map_words,
    need_title,
    need_words,
    verdict_map_words,
    zeros_words,
)
from sixes_geo.wording.counts import (
    MOST_LISTED,
    basis_noun,
    capitalized,
    count_words,
    counted,
    counted_short,
    counted_within,
    is_money,
    is_rough,
    n_words,
)
from sixes_geo.wording.verdict import (
    INDEX_DECIMALS,
    is_sure,
    verdict_key,
    verdict_sentence,
    verdict_words,
)

__all__ = [
    "INDEX_DECIMALS",
    "MOST_LISTED",
    "accounting_words",
    "basis_noun",
    "basis_words",
    "capitalized",
    "chance_words",
    "count_words",
    "counted",
    "counted_short",
    "counted_within",
    "figure",
    "headline",
    "headline_lines",
    "index_words",
    "interval_words",
    "is_money",
    "is_rough",
    "is_sure",
    "map_words",
    "n_words",
    "need_title",
    "need_words",
    "verdict_key",
    "verdict_map_words",
    "verdict_sentence",
    "verdict_words",
    "zeros_words",
]
