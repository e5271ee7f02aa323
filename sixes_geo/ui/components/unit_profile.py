"""The profile of one district: its need, its people, what stands there, what chance would give."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.ranking import rank_by
from sixes_geo.i18n import Translator
from sixes_geo.output.unit_table import rate, rate_title
from sixes_geo.ui.components import markup
from sixes_geo.ui.session import cache, state
from sixes_geo.wording import (
    count_words,
    counted_short,
    counted_within,
    figure,
    is_rough,
    need_title,
)

LISTED = 12
"""Sites named one by one; beyond that their number says enough."""


def show_district(selection: state.Selection) -> None:
    """Choose a district by name and show its profile."""
    tr = selection.tr
    found = cache.assessment(selection.question)
    names = cache.unit_names(selection.city, selection.question.unit.unit)
    chosen = selection.district if selection.district in names else None
    key, changed = state.widget("district", chosen)
    st.selectbox(
        tr("district.choose"),
        list(names),
        index=None,
        key=key,
        on_change=changed,
        format_func=names.__getitem__,
        placeholder=tr("district.placeholder"),
        filter_mode="contains",
    )
    if chosen is None:
        markup.quiet(tr("district.none"))
        return
    _profile(found, chosen, tr)


def show_strip(selection: state.Selection) -> None:
    """Say the essential of the chosen district beside the map."""
    tr = selection.tr
    found = cache.assessment(selection.question)
    if selection.district not in found.units.index:
        return
    row = found.units.loc[[selection.district]].iloc[0]
    indicator = found.question.need
    rough = is_rough(found)
    facts = [
        figure(row["need"], indicator, found.city, tr),
        f"{counted_short(found, tr)}: {count_words(float(row['amount']), tr, rough=rough)}",
        _shares(row, found, tr),
        _verdict(row, found, tr),
    ]
    name = markup.element("strong", str(row["name"]))
    text = markup.element("span", " · ".join(fact for fact in facts if fact))
    st.html(f'<p class="sixes-strip">{name}{text}</p>')


def _profile(found: Assessment, district: str, tr: Translator) -> None:
    """Write the figures of one district."""
    row = found.units.loc[[district]].iloc[0]
    city = found.city
    indicator = found.question.need
    unit = found.question.unit
    rough, shares = is_rough(found), _shares(row, found, tr)
    st.subheader(markup.plain(str(row["name"])), anchor=False)
    figures = [
        (
            need_title(found, tr),
            figure(row["need"], indicator, city, tr),
            _rank(found, district, tr),
        ),
        (
            tr("table.population_year", year=str(unit.population[1])),
            tr.number(row["population"], 0),
            "",
        ),
        (counted_short(found, tr), count_words(float(row["amount"]), tr, rough=rough), shares),
        *_expected(row, found, tr),
        (rate_title(found, tr), tr.number(rate(found)[district], 2), ""),
    ]
    if pd.notna(row["lower"]) and pd.notna(row["upper"]):
        low, high = (figure(row[end], indicator, city, tr) for end in ("lower", "upper"))
        title, value, note = figures[0]
        span = tr("district.interval", lower=low, upper=high)
        figures[0] = (title, value, f"{span} · {note}")
    markup.figures(figures)
    markup.quiet(_verdict(row, found, tr))
    _cautions(found, district, tr)
    _sites(found, district, tr)


def _rank(found: Assessment, district: str, tr: Translator) -> str:
    """Say where a district stands among the others, the worst-off first."""
    need = found.units["need"].dropna()
    if district not in need.index:
        return ""
    order = rank_by(found.question, need).rank(method="min")
    return tr("district.rank", rank=int(order[district]), of=len(need))


def _expected(row: pd.Series[Any], found: Assessment, tr: Translator) -> list[tuple[str, str, str]]:
    """Return what chance would give; of what sites hold it says nothing, unit by unit."""
    if found.question.weight != "sites":
        return []
    return [(tr("district.expected"), tr.number(row["expected"], 1), "")]


def _verdict(row: pd.Series[Any], found: Assessment, tr: Translator) -> str:
    """Return the verdict of one unit; it is one about sites."""
    if found.question.weight != "sites":
        return ""
    verdict = row["verdict"] if pd.notna(row["expected"]) else "no_people"
    return tr(f"district.verdict.{verdict}")


def _shares(row: pd.Series[Any], found: Assessment, tr: Translator) -> str:
    """Set the share of the amount beside the share of the people."""
    if pd.isna(row["share_amount"]):
        return ""
    amount, people = tr.percent(row["share_amount"]), tr.percent(row["share_population"])
    return tr("district.share", amount=amount, people=people, what=counted_within(found, tr))


def _cautions(found: Assessment, district: str, tr: Translator) -> None:
    """Write the cautions that concern this district's figure."""
    for flag in found.question.need.flags:
        year = flag.year in (None, found.question.year)
        if flag.unit == found.question.unit.unit and year and district in flag.ids:
            markup.flag(tr.text(flag.note))


def _sites(found: Assessment, district: str, tr: Translator) -> None:
    """Name the sites that stand in the district."""
    here = cache.gathered(found.question).sites
    names = here.loc[here["unit"] == district, "name"]
    if names.empty and found.units.loc[district, "sites"] != 0:
        return  # money, or parts of approximate sites whose point stands elsewhere
    if names.empty:
        markup.quiet(tr("district.no_sites"))
        return
    named = [str(name) for name in names if name][:LISTED]
    rest = len(names) - len(named)
    text = "; ".join(named)
    if rest:
        text = tr("district.and_more", names=text, count=rest) if named else tr.number(rest, 0)
    with st.expander(tr("district.sites_here")):
        markup.quiet(text)
