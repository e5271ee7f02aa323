"""The profile of one district: need, people, provision, and what chance alone would give."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.further import further_figures
from sixes_geo.analysis.ranking import rank_by
from sixes_geo.i18n import Translator
from sixes_geo.output.unit_table import rate
from sixes_geo.ui.components import markup
from sixes_geo.ui.session import cache, state
from sixes_geo.wording import (
    MOST_LISTED,
    amount_words,
    counted_short,
    counted_within,
    figure,
    need_heading,
    rate_title,
    rate_words,
)
from sixes_geo.wording.network_names import amount_title


def show_district(selection: state.Selection) -> None:
    """Draw the choice of a district, and its profile."""
    tr = selection.tr
    assessment = cache.assessment(selection.question)
    names = cache.unit_names(selection.question)
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
    _profile(selection, assessment, chosen)


def show_strip(selection: state.Selection) -> None:
    """Write the key facts of the chosen district beside the map."""
    tr = selection.tr
    assessment = cache.assessment(selection.question)
    if selection.district not in assessment.units.index:
        return
    row = assessment.units.loc[[selection.district]].iloc[0]
    indicator = assessment.question.need
    (title, count, shares), *others = _amounts(selection, selection.district)
    facts = [
        figure(row["need"], indicator, assessment.city, tr),
        f"{title}: {count}",
        shares,
        _verdict(row, assessment, tr),
        *(f"{title}: {count}" for title, count, _ in others),
    ]
    name = markup.element("strong", str(row["name"]))
    text = markup.element("span", " · ".join(fact for fact in facts if fact))
    st.html(f'<p class="sixes-strip">{name}{text}</p>')


def _amounts(selection: state.Selection, district: str) -> list[tuple[str, str, str]]:
    """Return what the network has in a district, with its share; networks beside it follow.

    A network that is measured by other units has no figure for this one.
    """
    tr, (first, *others) = selection.tr, map(cache.assessment, selection.questions)
    alike = [each for each in others if each.question.unit == first.question.unit]
    amounts = []
    for each in (first, *alike):
        row = each.units.loc[[district]].iloc[0]
        title = amount_title(each, tr) if others else counted_short(each, tr)
        known = pd.notna(row["amount"])  # money may be unknown, which is not zero
        count = amount_words(float(row["amount"]), each, tr) if known else ""
        amounts.append((title, count or tr("number.missing"), _shares(row, each, tr)))
    return amounts


def _profile(selection: state.Selection, assessment: Assessment, district: str) -> None:
    """Write the figures of one district."""
    tr = selection.tr
    row = assessment.units.loc[[district]].iloc[0]
    city = assessment.city
    indicator = assessment.question.need
    unit = assessment.question.unit
    amount, *others = _amounts(selection, district)
    st.subheader(markup.plain(str(row["name"])), anchor=False)
    figures = [
        (
            need_heading(assessment, tr),
            figure(row["need"], indicator, city, tr),
            _rank(assessment, district, tr),
        ),
        (
            tr("table.population_year", year=str(unit.population[1])),
            tr.number(row["population"], 0),
            "",
        ),
        amount,
        *_expected(row, assessment, tr),
        (rate_title(assessment, tr), rate_words(rate(assessment)[district], assessment, tr), ""),
        *others,
    ]
    if pd.notna(row["lower"]) and pd.notna(row["upper"]):
        low, high = (figure(row[end], indicator, city, tr) for end in ("lower", "upper"))
        title, value, note = figures[0]
        interval = tr("district.interval", lower=low, upper=high)
        figures[0] = (title, value, f"{interval} · {note}")
    markup.figures(figures)
    markup.quiet(_verdict(row, assessment, tr))
    _cautions(assessment, district, tr)
    _sites(assessment, district, tr)
    _further(assessment, district, tr)


def _rank(assessment: Assessment, district: str, tr: Translator) -> str:
    """Say the rank of a district among the others, the worst-off first."""
    need = assessment.units["need"].dropna()
    if district not in need.index:
        return ""
    order = rank_by(assessment.question, need).rank(method="min")
    return tr("district.rank", rank=int(order[district]), of=len(need))


def _expected(
    row: pd.Series[Any], assessment: Assessment, tr: Translator
) -> list[tuple[str, str, str]]:
    """Return the number of sites expected by chance, if sites are counted."""
    if assessment.question.weight != "sites":
        return []
    return [(tr("district.expected"), tr.number(row["expected"], 1), "")]


def _verdict(row: pd.Series[Any], assessment: Assessment, tr: Translator) -> str:
    """Return the verdict on a unit, if sites are counted."""
    if assessment.question.weight != "sites":
        return ""
    verdict = row["verdict"] if pd.notna(row["expected"]) else "no_people"
    return tr(f"district.verdict.{verdict}")


def _shares(row: pd.Series[Any], assessment: Assessment, tr: Translator) -> str:
    """Compare the share of provision with the share of people."""
    if pd.isna(row["share_amount"]):
        return ""
    amount, people = tr.percent(row["share_amount"]), tr.percent(row["share_population"])
    return tr("district.share", amount=amount, people=people, what=counted_within(assessment, tr))


def _cautions(assessment: Assessment, district: str, tr: Translator) -> None:
    """Write the cautions about the district's need."""
    for flag in assessment.question.need.flags:
        year = flag.year in (None, assessment.question.year)
        if flag.unit == assessment.question.unit.unit and year and district in flag.ids:
            markup.flag(tr.text(flag.note))


def _further(assessment: Assessment, district: str, tr: Translator) -> None:
    """Write what else is known of the district, each figure with its caution."""
    city, unit = assessment.city, assessment.question.unit
    further = further_figures(city, unit, district)
    if not further:
        return
    with st.expander(tr("district.further")):
        markup.quiet(tr("district.further_explain"))
        markup.figures(
            [
                (
                    tr("need.title", title=tr.text(one.indicator.title), year=str(one.year)),
                    figure(one.value, one.indicator, city, tr),
                    tr.text(one.indicator.unit_of_measure),
                )
                for one in further
            ]
        )
        for one in further:
            title, note = tr.text(one.indicator.title), tr.text(one.indicator.note)
            markup.quiet(tr("district.further_note", title=title, note=note))


def _sites(assessment: Assessment, district: str, tr: Translator) -> None:
    """List the sites in the district."""
    sites = cache.gathered(assessment.question).sites
    names = sites.loc[sites["unit"] == district, "name"]
    if names.empty and assessment.units.loc[district, "sites"] != 0:
        return  # money, or parts of approximate sites whose point is elsewhere
    if names.empty:
        markup.quiet(tr("district.no_sites"))
        return
    listed = [str(name) for name in names if name][:MOST_LISTED]
    rest = len(names) - len(listed)
    text = "; ".join(listed)
    if rest:
        text = tr("district.and_more", names=text, count=rest) if listed else tr.number(rest, 0)
    with st.expander(tr("district.sites_here")):
        markup.quiet(text)
