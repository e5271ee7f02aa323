"""The map of reach: the provision within a distance of the people of each unit."""

from __future__ import annotations

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.reach import Reach
from sixes_geo.i18n import Translator
from sixes_geo.maps import palette
from sixes_geo.maps.hints import hint_row
from sixes_geo.maps.scene import Drawing
from sixes_geo.maps.shade import value_shade
from sixes_geo.wording import counted

DECIMALS = 2


def access_drawing(assessment: Assessment, reach: Reach, tr: Translator) -> Drawing:
    """Return the units shaded by the provision in reach per 10,000 people."""
    fields = {"metres": tr.number(reach.threshold_m, 0), "noun": counted(assessment, tr)}
    texts = {part: tr(f"shade.access_{part}", **fields) for part in ("title", "note", "missing")}
    shade = value_shade(
        reach.access,
        lambda value: tr.number(value, DECIMALS),
        palette.ACCESS_RAMP,
        texts.__getitem__,
        tr,
        decimals=DECIMALS,
    )
    alt = tr(
        "reach.map_alt",
        city=tr.text(assessment.city.name),
        many=tr.text(assessment.question.unit.many),
        **fields,
    )
    return Drawing(shade, alt, (hint_row(texts["title"], reach.access, DECIMALS),))
