"""Shares of people and of provision, side by side in each quintile of need."""

from __future__ import annotations

from collections.abc import Collection

import altair as alt
import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.charts.style import (
    FADING,
    PEOPLE_COLOUR,
    PICK,
    SITES_COLOUR,
    SOURCE,
    ChartSize,
    legend_of,
    percent_ticks,
    quintiles_of,
    styled,
)
from sixes_geo.i18n import Translator
from sixes_geo.wording import counted


def quintile_chart(assessment: Assessment, tr: Translator, size: ChartSize) -> alt.Chart:
    """Return two bars per quintile: its share of people and its share of provision."""
    names = _names(tr, assessment.question.weight)
    return _chart(quintile_frame(assessment, tr), names, tr, size)


def quintile_template(
    tr: Translator, size: ChartSize, weight: str, *, picking: bool = False
) -> alt.Chart:
    """Return the chart without its bars: the same for all questions with one weight.

    With ``picking``, a click on a bar picks its quintile.
    """
    return _chart(alt.NamedData(SOURCE), _names(tr, weight), tr, size, picking=picking)


def _names(tr: Translator, weight: str) -> list[str]:
    """Name the two bars."""
    return [tr("chart.quintile_people"), tr(f"chart.counted.{weight}")]


def _chart(
    data: pd.DataFrame | alt.NamedData,
    names: list[str],
    tr: Translator,
    size: ChartSize,
    *,
    picking: bool = False,
) -> alt.Chart:
    """Return the bars of some data."""
    quintiles = quintiles_of(tr)
    share = alt.Y("share:Q", title=None, axis=alt.Axis(labelExpr=percent_ticks(tr), tickCount=4))
    colour = alt.Color(
        "whose:N",
        sort=names,
        scale=alt.Scale(domain=names, range=[PEOPLE_COLOUR, SITES_COLOUR]),
        legend=legend_of(size, len(names)),
    )
    bars = alt.Chart(data).mark_bar(cursor="pointer" if picking else "default")
    bars = bars.encode(quintiles, share, alt.XOffset("whose:N", sort=names), colour, FADING)
    if picking:
        bars = bars.add_params(alt.selection_point(name=PICK, fields=["quintile"]))
    chart: alt.Chart = bars.properties(height=size.height)
    return styled(chart, size)


def quintile_title(assessment: Assessment, tr: Translator) -> str:
    """Name the chart after what it compares with people."""
    return tr("chart.quintile_title", noun=_names(tr, assessment.question.weight)[1])


def quintile_frame(
    assessment: Assessment, tr: Translator, picked: Collection[str] = ()
) -> pd.DataFrame:
    """Return a row per bar; those without a picked unit are faint."""
    chosen = set(assessment.units.loc[assessment.units.index.isin(picked), "quintile"].dropna())
    quintiles = assessment.quintiles
    people, noun = _names(tr, assessment.question.weight)
    return pd.DataFrame(
        {
            "quintile": [*quintiles["quintile"], *quintiles["quintile"]],
            "share": [*quintiles["share_population"].round(4), *quintiles["share_amount"].round(4)],
            "whose": [people] * len(quintiles) + [noun] * len(quintiles),
            "faint": [bool(picked) and quintile not in chosen for quintile in quintiles["quintile"]]
            * 2,
        }
    )


def quintile_words(assessment: Assessment, tr: Translator) -> str:
    """Describe the bars to a reader who cannot see them."""
    _, noun = _names(tr, assessment.question.weight)
    items = [
        tr(
            "chart.quintile_item",
            quintile=int(quintile["quintile"]),
            people=tr.percent(quintile["share_population"]),
            noun=noun,
            amount=tr.percent(quintile["share_amount"]),
        )
        for quintile in assessment.quintiles.to_dict("records")
    ]
    return tr("chart.quintile_alt", noun=counted(assessment, tr), list="; ".join(items))
