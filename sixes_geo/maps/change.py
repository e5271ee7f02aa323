"""The map of change: sites kept, gained and lost between two dates."""

from __future__ import annotations

from collections.abc import Mapping

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.change import Step
from sixes_geo.i18n import Translator
from sixes_geo.maps.palette import SITE_CHANGES
from sixes_geo.maps.scene import Drawing
from sixes_geo.maps.shade import need_shade


def change_drawing(
    assessment: Assessment, step: Step, addresses: Mapping[str, str], alt: str, tr: Translator
) -> Drawing:
    """Return the units shaded by need, with sites by their change."""
    counts = step.sites["change"].value_counts()
    sites = tuple(
        {
            "url": addresses[change],
            "title": tr(f"change.site.{change}"),
            "sites": True,
            "mark": style.mark,
            "colour": style.colour,
            "key": f"{addresses[change]} {style.mark} {style.colour}",
            "count": int(counts[change]),
        }
        for change, style in SITE_CHANGES.items()
        if change in counts
    )
    return Drawing(need_shade(assessment, tr), alt, (), sites)
