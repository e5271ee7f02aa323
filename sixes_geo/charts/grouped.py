"""The indices of several groups of initiatives, each in full and in fractional counting."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sixes_geo.groups import Group
from sixes_geo.i18n import Translator
from sixes_geo.wording import interval_words
from sixes_geo.wording.grouped import group_words

COUNTINGS = ("full", "fractional")


def grouped_frame(found: Sequence[Group], kind: str, tr: Translator) -> pd.DataFrame:
    """Return a row for each group that can be measured and each way to count.

    Groups that do not overlap are counted one way: both give the same.
    """
    countings = COUNTINGS if kind != "partnership" else COUNTINGS[:1]
    rows = []
    for group in found:
        for counting in countings:
            test = group.full if counting == "full" else group.fractional
            if test is None:
                continue
            words = group_words(group, tr)
            label = tr("groups.row", name=words, counting=tr(f"groups.counting.{counting}"))
            rows.append(
                {
                    "label": label if len(countings) > 1 else words,
                    "index": round(test.index, 4),
                    "low": round(test.interval[0], 4),
                    "high": round(test.interval[1], 4),
                    "figures": interval_words(test.index, test.interval, tr),
                    "verdict": tr(f"strip.verdict.{test.verdict}"),
                }
            )
    return pd.DataFrame(rows)


def grouped_words(frame: pd.DataFrame, tr: Translator) -> str:
    """Describe the indices to a reader who does not see them."""
    items = [f"{row['label']}: {row['figures']}, {row['verdict']}" for _, row in frame.iterrows()]
    return tr("groups.alt", items="; ".join(items))
