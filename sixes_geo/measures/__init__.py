"""What is measured: pure functions over units, from arrays to figures.

All of them check their input at the door and refuse it with every fault it has; none reads a
file or writes a sentence. ``rank_by`` always runs from the worst-off to the best-off.
"""

from sixes_geo.measures.allocation import allocation_test
from sixes_geo.measures.concentration import concentration_curve, concentration_index
from sixes_geo.measures.disparity import disparity
from sixes_geo.measures.inequality import gini_index, hoover_index, lorenz_curve, palma_ratio
from sixes_geo.measures.placement import PlacementTest, placement_test
from sixes_geo.measures.poverty import FgtPoverty, fgt_poverty
from sixes_geo.measures.ranks import fractional_rank, need_quintiles
from sixes_geo.measures.theil import TheilT, theil_t
from sixes_geo.measures.verdicts import benjamini_hochberg, district_verdicts, expected_empty
from sixes_geo.measures.weighted import weighted_placement_test

__all__ = [
    "FgtPoverty",
    "PlacementTest",
    "TheilT",
    "allocation_test",
    "benjamini_hochberg",
    "concentration_curve",
    "concentration_index",
    "disparity",
    "district_verdicts",
    "expected_empty",
    "fgt_poverty",
    "fractional_rank",
    "gini_index",
    "hoover_index",
    "lorenz_curve",
    "need_quintiles",
    "palma_ratio",
    "placement_test",
    "theil_t",
    "weighted_placement_test",
]
