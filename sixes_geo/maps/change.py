"""The map of change: what was kept, gained and lost between two dates."""

from __future__ import annotations

from collections.abc import Mapping

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.change import Step
from sixes_geo.i18n import Translator
from sixes_geo.maps.palette import FATES
from sixes_geo.maps.scene import Drawing
from sixes_geo.maps.shade import need_shade


def fates_drawing(
    assessment: Assessment, step: Step, addresses: Mapping[str, str], alt: str, tr: Translator
) -> Drawing:
    """Return need, with the sites by what became of them."""
    counts = step.sites["change"].value_counts()
    sites = tuple(
        {
            "url": addresses[fate],
            "title": tr(f"change.fate.{fate}"),
            "sites": True,
            "mark": style.mark,
            "colour": style.colour,
            "key": f"{addresses[fate]} {style.mark} {style.colour}",
            "count": int(counts[fate]),
        }
        for fate, style in FATES.items()
        if fate in counts
    )
    return Drawing(need_shade(assessment, tr), alt, (), sites)
