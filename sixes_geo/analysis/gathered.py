"""Provision counted once for several measures, outside a page: for workers and for warming."""

from __future__ import annotations

from collections import OrderedDict

from sixes_geo.analysis.provision import Gatherer, Provision, gather
from sixes_geo.analysis.question import Question

MOST = 8
"""Provisions that are remembered; the least recently used goes first."""


def remembering(most: int = MOST) -> Gatherer:
    """Return `gather` with a memory, for questions that count the same sites.

    Parameters
    ----------
    most
        How many provisions are remembered.
    """
    known: OrderedDict[str, Provision] = OrderedDict()

    def gathered(question: Question) -> Provision:
        key = question.place_key
        found = known.pop(key, None)
        known[key] = gather(question) if found is None else found
        while len(known) > most:
            known.popitem(last=False)
        return known[key]

    return gathered
