"""Measures: pure functions from arrays over units to figures.

Each checks its input first and raises one error with every fault; none reads a file or writes a
sentence. ``rank_by`` always rises from the worst-off to the best-off.
"""

from sixes_geo.measures.access.areal import areal_interpolation
from sixes_geo.measures.access.catchment import pairs_within, two_step_floating_catchment
from sixes_geo.measures.access.coverage import coverage, exponential_coverage, nearest_distance
from sixes_geo.measures.access.grain import reach_grain
from sixes_geo.measures.access.siting import Siting, greedy_coverage, maximal_coverage, p_median
from sixes_geo.measures.base.ranks import fractional_rank, need_quintiles
from sixes_geo.measures.clustering.getis_ord import getis_ord
from sixes_geo.measures.clustering.local_moran import bivariate_local_moran, local_moran
from sixes_geo.measures.clustering.moran import Moran, moran
from sixes_geo.measures.clustering.rates import empirical_bayes_rates
from sixes_geo.measures.deliberation.ahp import AhpWeights, ahp_weights
from sixes_geo.measures.deliberation.kappa import CohenKappa, cohen_kappa
from sixes_geo.measures.deliberation.votes import (
    KendallW,
    budget_weights,
    dot_votes,
    kendall_w,
    rank_frequency,
)
from sixes_geo.measures.inequality.inequality import (
    gini_index,
    hoover_index,
    lorenz_curve,
    palma_ratio,
)
from sixes_geo.measures.inequality.poverty import FgtPoverty, fgt_poverty
from sixes_geo.measures.inequality.theil import TheilT, theil_t
from sixes_geo.measures.placement.allocation import allocation_test
from sixes_geo.measures.placement.band import placement_band
from sixes_geo.measures.placement.chance import PlacementTest
from sixes_geo.measures.placement.concentration import concentration_curve, concentration_index
from sixes_geo.measures.placement.difference import IndexDifference, index_difference
from sixes_geo.measures.placement.disparity import disparity
from sixes_geo.measures.placement.need_error import NeedError, need_error
from sixes_geo.measures.placement.need_split import NeedSplit, need_split
from sixes_geo.measures.placement.network import network_test
from sixes_geo.measures.placement.network_result import AtKeep, NetworkTest
from sixes_geo.measures.placement.placement import placement_test
from sixes_geo.measures.placement.raster import PlaceRaster, place_raster
from sixes_geo.measures.placement.reading import is_borderline, size_of, verdict_of_index
from sixes_geo.measures.placement.verdicts import (
    benjamini_hochberg,
    district_verdicts,
    expected_empty,
)
from sixes_geo.measures.placement.weighted_placement import weighted_placement_test

__all__ = [
    "AhpWeights",
    "AtKeep",
    "CohenKappa",
    "FgtPoverty",
    "IndexDifference",
    "KendallW",
    "Moran",
    "NeedError",
    "NeedSplit",
    "NetworkTest",
    "PlaceRaster",
    "PlacementTest",
    "Siting",
    "TheilT",
    "ahp_weights",
    "allocation_test",
    "areal_interpolation",
    "benjamini_hochberg",
    "bivariate_local_moran",
    "budget_weights",
    "cohen_kappa",
    "concentration_curve",
    "concentration_index",
    "coverage",
    "disparity",
    "district_verdicts",
    "dot_votes",
    "empirical_bayes_rates",
    "expected_empty",
    "exponential_coverage",
    "fgt_poverty",
    "fractional_rank",
    "getis_ord",
    "gini_index",
    "greedy_coverage",
    "hoover_index",
    "index_difference",
    "is_borderline",
    "kendall_w",
    "local_moran",
    "lorenz_curve",
    "maximal_coverage",
    "moran",
    "nearest_distance",
    "need_error",
    "need_quintiles",
    "need_split",
    "network_test",
    "p_median",
    "pairs_within",
    "palma_ratio",
    "place_raster",
    "placement_band",
    "placement_test",
    "rank_frequency",
    "reach_grain",
    "size_of",
    "theil_t",
    "two_step_floating_catchment",
    "verdict_of_index",
    "weighted_placement_test",
]
