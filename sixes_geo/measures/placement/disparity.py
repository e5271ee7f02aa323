"""Disparity: each unit's share of provision compared with its share of people."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sixes_geo.measures.base.checks import WEIGHT, Values, accept

PER_10K = 10_000
"""People that rates are given for, in tables and on maps."""


def disparity(counts: Values, population: Values) -> pd.DataFrame:
    """Compare each unit's share of the sites with its share of the people.

    Parameters
    ----------
    counts
        Sites per unit (or their capacity, or money); not negative, with a positive sum; may be
        fractional if a site is in several units; shape ``(n,)``.
    population
        Residents per unit, in persons; not negative, with a positive total; shape ``(n,)``.

    Returns
    -------
    DataFrame
        On the index of the input: ``share_sites`` (of whatever ``counts`` are) and
        ``share_population`` (0 to 1), ``gap`` (their difference; the gaps sum to 0),
        ``location_quotient`` (their ratio; 1 is in proportion) and ``rate_per_10k`` (sites, or
        whatever ``counts`` are, per 10,000 people). The last two are missing where nobody lives.

    Raises
    ------
    InputError
        If the input is misaligned, missing, negative or sums to zero; all faults at once.

    See Also
    --------
    district_verdicts : Whether a unit has more or fewer sites than chance would give it.

    Notes
    -----
    The location quotient is that of Isard (1960) [1]_. In small units a single site makes rate
    and quotient large: they do not say whether a difference is more than chance.

    References
    ----------
    .. [1] W. Isard, "Methods of Regional Analysis", MIT Press, 1960, ch. 5.

    Examples
    --------
    >>> import pandas as pd
    >>> table = disparity(pd.Series([1, 3], index=["a", "b"]), pd.Series([6, 2], index=["a", "b"]))
    >>> table["gap"].tolist(), table["location_quotient"].tolist()
    ([-0.5, 0.5], [0.3333333333333333, 3.0])
    """
    given = accept("disparity", {"counts": (counts, WEIGHT), "population": (population, WEIGHT)})
    sites, people = given["counts"], given["population"]
    share_sites, share_people = sites / sites.sum(), people / people.sum()
    lived_in = np.where(people > 0, people, np.nan)
    return pd.DataFrame(
        {
            "share_sites": share_sites,
            "share_population": share_people,
            "gap": share_sites - share_people,
            "location_quotient": share_sites / (lived_in / people.sum()),
            "rate_per_10k": PER_10K * sites / lived_in,
        },
        index=given.index,
    )
