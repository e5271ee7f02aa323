"""Maps of clusters, and of need and provision in thirds."""

from __future__ import annotations

import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.clusters import THIRDS, Clusters
from sixes_geo.i18n import Translator
from sixes_geo.maps import palette
from sixes_geo.maps.hints import hint_row
from sixes_geo.maps.scene import Drawing
from sixes_geo.maps.shade import Shade, Square, named_shade
from sixes_geo.wording import counted, need_title

FILLS = {"local": palette.CLUSTERS, "hot": palette.SPOTS, "beside": palette.CLUSTERS}


def clusters_drawing(
    assessment: Assessment, clusters: Clusters, kind: str, tr: Translator
) -> Drawing:
    """Return the units shaded by one kind of cluster."""
    fields = {"noun": counted(assessment, tr), "need": need_title(assessment, tr)}
    texts = {
        part: tr(
            f"shade.{kind}_{part}", **fields, permutations=clusters.permutations, seed=clusters.seed
        )
        for part in ("title", "note")
    }
    texts["missing"] = tr("shade.clusters_missing")
    rate = hint_row(tr("clusters.rate"), clusters.units["rate"], 2)
    city = tr.text(assessment.city.name)
    many = tr.text(assessment.question.unit.many)
    alt = tr("clusters.map_alt", city=city, many=many, title=texts["title"])
    if kind == "both":
        return Drawing(_square(clusters, texts, tr), alt, (rate,))
    words = {name: tr(f"clusters.cluster.{kind}.{name}") for name in FILLS[kind]}
    names: pd.Series[str] = clusters.units[kind].fillna("")
    return Drawing(named_shade(names, words, FILLS[kind], texts.__getitem__), alt, (rate,))


def _square(clusters: Clusters, texts: dict[str, str], tr: Translator) -> Shade:
    """Return need and provision in thirds, with a legend of nine fields."""
    need, rate = clusters.units["need_third"], clusters.units["rate_third"]
    member = ((THIRDS - 1 - rate) * THIRDS + need).fillna(-1).astype(int)
    fills = tuple(fill for row in palette.THIRDS for fill in row)
    levels = [tr(f"clusters.third.{level}") for level in range(THIRDS)]
    labels = tuple(
        tr("clusters.third.both", provision=levels[THIRDS - 1 - row], need=levels[column])
        for row in range(THIRDS)
        for column in range(THIRDS)
    )
    square = Square(
        fills=palette.THIRDS,
        across=tr("clusters.third.across"),
        upwards=tr("clusters.third.upwards"),
    )
    return Shade(texts["title"], texts["note"], member, fills, labels, texts["missing"], square)
