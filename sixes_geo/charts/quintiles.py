"""People and sites side by side in each fifth of need."""

from __future__ import annotations

import altair as alt

from sixes_geo.assessment import Assessment
from sixes_geo.charts.style import PEOPLE_COLOUR, SITES_COLOUR, ChartSize
from sixes_geo.i18n import Translator
from sixes_geo.wording import counted


def quintile_chart(assessment: Assessment, tr: Translator, size: ChartSize) -> alt.Chart:
    """Draw two bars a fifth: the share of the people and the share of the sites."""
    names = {
        "share_population": tr("chart.quintile_people"),
        "share_sites": tr("chart.quintile_sites"),
    }
    shares = assessment.quintiles.melt(
        id_vars="quintile", value_vars=list(names), var_name="whose", value_name="share"
    )
    shares["whose"] = shares["whose"].map(names)
    shares["share"] = shares["share"].round(4)
    return (
        alt.Chart(shares)
        .mark_bar()
        .encode(
            alt.X("quintile:O", title=tr("chart.quintile_axis"), axis=alt.Axis(labelAngle=0)),
            alt.Y(
                "share:Q",
                title=None,
                axis=alt.Axis(format=".0%", tickCount=4),
            ),
            alt.XOffset("whose:N", sort=list(names.values())),
            alt.Color(
                "whose:N",
                sort=list(names.values()),
                scale=alt.Scale(domain=list(names.values()), range=[PEOPLE_COLOUR, SITES_COLOUR]),
                legend=alt.Legend(title=None, orient="top", labelFontSize=size.font),
            ),
        )
        .properties(height=size.height * 2 // 3, width="container")
        .configure_axis(
            labelFontSize=size.font,
            titleFontSize=size.font,
            titleFontWeight="normal",
            labelColor="#1a1c20",
            titleColor="#1a1c20",
        )
        .configure_view(stroke=None)
    )


def quintile_words(assessment: Assessment, tr: Translator) -> str:
    """Describe the bars to a reader who does not see them."""
    items = [
        tr(
            "chart.quintile_item",
            quintile=int(row.quintile),
            people=tr.percent(row.share_population),
            sites=tr.percent(row.share_sites),
        )
        for row in assessment.quintiles.itertuples()
    ]
    return tr("chart.quintile_alt", noun=counted(assessment, tr), list="; ".join(items))
