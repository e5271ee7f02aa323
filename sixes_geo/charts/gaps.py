"""The gap chart: each unit's share of provision minus its share of people."""

from __future__ import annotations

from collections.abc import Collection

import altair as alt
import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.ranking import rank_by, ranked_units
from sixes_geo.charts.style import (
    FADING,
    PICK,
    QUINTILES_OF_ALL,
    SOURCE,
    VERDICT_COLOURS,
    VERDICT_SHAPES,
    ChartSize,
    even_line,
    legend_of,
    number_ticks,
    percent_ticks,
    styled,
)
from sixes_geo.i18n import Translator
from sixes_geo.measures import fractional_rank
from sixes_geo.wording import counted

HIGHER = 1.35
"""How much taller than other charts this one is, as it is much wider."""

NAMED = 3
"""How many units the description of the chart names, at either end."""


def gap_template(tr: Translator, size: ChartSize, weight: str) -> alt.LayerChart:
    """Return the chart without its marks: need from left to right, the gap upwards.

    A click on a mark selects its unit. Verdicts differ by shape as well as by colour.
    """
    words = {name: tr(f"shade.verdict.{name}") for name in VERDICT_COLOURS}
    noun = tr(f"chart.counted.{weight}")
    people = alt.X(
        "rank:Q",
        title=tr("chart.gap_people"),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(labelExpr=percent_ticks(tr), values=QUINTILES_OF_ALL, grid=False),
    )
    gap = alt.Y(
        "gap:Q",
        title=tr("chart.gap_axis", noun=noun),
        axis=alt.Axis(labelExpr=number_ticks(tr), tickCount=6),
    )
    named = list(words.values())
    legend = legend_of(size, len(named))
    marks = (
        alt.Chart(alt.NamedData(SOURCE))
        .mark_point(filled=True, size=70, cursor="pointer", opacity=1)
        .encode(
            people,
            gap,
            alt.Color(
                "verdict:N",
                scale=alt.Scale(domain=named, range=list(VERDICT_COLOURS.values())),
                legend=legend,
            ),
            alt.Shape(
                "verdict:N",
                scale=alt.Scale(domain=named, range=list(VERDICT_SHAPES.values())),
                legend=legend,
            ),
            FADING,
            tooltip=[
                alt.Tooltip("name:N", title=tr("table.name")),
                alt.Tooltip("points:N", title=tr("table.gap")),
                alt.Tooltip("quotient:N", title=tr("table.location_quotient")),
                alt.Tooltip("verdict:N", title=tr("table.verdict")),
            ],
        )
        .add_params(alt.selection_point(name=PICK, fields=["id"]))
    )
    chart = alt.LayerChart(layer=[marks, even_line(size, "y")], height=size.height * HIGHER)
    return styled(chart, size)


def gap_frame(assessment: Assessment, tr: Translator, picked: Collection[str] = ()) -> pd.DataFrame:
    """Return a row per unit that can be ranked; picked ones come last, on top of the rest."""
    ranked = ranked_units(assessment.units)
    order = rank_by(assessment.question, ranked["need"])
    chosen = ranked.index.isin(picked)
    table = pd.DataFrame(
        {
            "id": ranked.index,
            "name": ranked["name"].to_numpy(),
            "rank": fractional_rank(ranked["population"], order).round(4).to_numpy(),
            "gap": (ranked["gap"] * 100).round(2).to_numpy() + 0.0,
            "points": [tr.signed(gap * 100, 1) for gap in ranked["gap"]],
            "quotient": [tr.number(quotient, 2) for quotient in ranked["location_quotient"]],
            "verdict": [tr(f"shade.verdict.{verdict}") for verdict in ranked["verdict"]],
            "faint": ~chosen if len(picked) else False,
        }
    )
    return table.sort_values("faint", ascending=False, kind="stable", ignore_index=True)


def gap_words(assessment: Assessment, tr: Translator) -> str:
    """Describe the marks to a reader who cannot see them."""
    ranked = ranked_units(assessment.units).sort_values("gap", kind="stable")
    most, least = ranked.iloc[::-1].head(NAMED), ranked.head(NAMED)
    return tr(
        "chart.gap_alt",
        noun=counted(assessment, tr),
        most=tr.list(_items(most, tr)),
        least=tr.list(_items(least, tr)),
    )


def _items(units: pd.DataFrame, tr: Translator) -> list[str]:
    """Write units with their gaps."""
    pairs = zip(units["name"], units["gap"] * 100, strict=True)
    return [f"{name} {tr.signed(gap, 1)}" for name, gap in pairs]
