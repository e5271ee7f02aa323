"""Tables of units for the tests of measures: one toy city, one published one, and random ones."""

import pandas as pd
from hypothesis import strategies as st

SMOKE = pd.DataFrame(
    {
        "sites": [1, 2, 3, 6, 8],
        "people": [100, 80, 60, 40, 20],
        "income": [2, 3, 5, 8, 12],
    },
    index=list("abcde"),
)
"""Five districts; the poorer, the more people and the fewer sites."""

BELO_HORIZONTE = pd.DataFrame(
    {
        "people": [0, 852, 394, 1969, 2189],
        "income": [None, 4757.8, 1627.8, 543.1, 3822.0],
        "access": [26774, 22239, 36567, 42372, 55571],
    }
)
"""Five cells of Belo Horizonte: tests of the R package accessibility (Ipea), its sample data."""

rows = st.lists(  # (sites, people, income)
    st.tuples(st.integers(0, 50), st.integers(1, 10**6), st.integers(-20, 20)),
    min_size=2,
    max_size=12,
).filter(lambda units: any(sites for sites, _, _ in units))
"""Units with ties in income, more often than not."""

orders = st.randoms(use_true_random=False)


def table(units):
    return pd.DataFrame(units, columns=["sites", "people", "income"])


def halved(units):
    """Split every unit into two halves that are alike."""
    parts = table([(s / 2, p / 2, i) for s, p, i in units])
    return pd.concat([parts, parts], ignore_index=True)


def shuffled(frame, random):
    return frame.iloc[random.sample(range(len(frame)), len(frame))]
