"""The answer in words and figures: headline, index, verdict, charts."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.charts.concentration import curve_frame, curve_words
from sixes_geo.charts.quintiles import quintile_frame, quintile_title, quintile_words
from sixes_geo.charts.style import HALL, PAGE
from sixes_geo.i18n import Translator
from sixes_geo.ui.components import chart_specs, markup, wheel
from sixes_geo.ui.session import cache, state
from sixes_geo.wording import (
    accounting_words,
    basis_words,
    chance_words,
    headline,
    headline_lines,
    index_words,
    n_words,
    verdict_words,
)
from sixes_geo.wording.cautions import cautions, named, warnings
from sixes_geo.wording.contributions import authorship_words

TOLD = "told-in-full"
"""Key of the question whose headline was last told in full."""

UNEVEN = 0.1
"""From here on, a quintile is so far from a fifth of the people that the page says why."""


def show_headline(selection: state.Selection) -> DeltaGenerator:
    """Write the headline, and the authors of contributed indicators in it.

    Returns where the verdict stands, for `complete_headline`: to move a network takes longer than
    a reader should wait for the map.
    """
    told = st.session_state.get(TOLD) == selection.question.key
    assessment = (cache.answer if told else cache.assessment)(selection.question)
    where, verdict = headline_lines(assessment, selection.tr)
    st.html(markup.element("h1", where, "sixes-headline"))
    place = st.empty()
    _write_verdict(place, verdict)
    _show_authorship(selection)
    return place


def complete_headline(selection: state.Selection, place: DeltaGenerator | None) -> None:
    """Say, once the rest of the page is there, whether one decision could have done it.

    Without a headline there is no place for it.
    """
    key = selection.question.key
    if place is not None and st.session_state.get(TOLD) != key:
        _, verdict = headline_lines(cache.answer(selection.question), selection.tr)
        _write_verdict(place, verdict)
        st.session_state[TOLD] = key


def _write_verdict(place: DeltaGenerator, verdict: str) -> None:
    """Write the verdict, if there is one."""
    if verdict:
        place.html(markup.element("p", verdict, "sixes-verdict"))


def _show_authorship(selection: state.Selection) -> None:
    """Name the authors of contributed need and layers, so that no sentence hides them."""
    told = [authorship_words(question, selection.tr) for question in selection.questions]
    for words in dict.fromkeys(words for each in told for words in each):
        markup.quiet(words)


def show_headline_small(selection: state.Selection) -> None:
    """Write the headline below the map, with what its index rests on."""
    tr = selection.tr
    assessment = cache.assessment(selection.question)
    st.html(markup.element("p", headline(assessment, tr), "sixes-answer"))
    _show_authorship(selection)
    if assessment.test is not None:
        markup.quiet(f"{basis_words(assessment, tr)} · {verdict_words(assessment, tr)}")


def show_answer(selection: state.Selection) -> None:
    """Write the index with what it rests on, and the verdict, in one line for a hall."""
    tr = selection.tr
    assessment = cache.assessment(selection.question)
    text = f"{basis_words(assessment, tr)} · {verdict_words(assessment, tr)}"
    st.html(markup.element("p", text, "sixes-answer"))


def show_figures(selection: state.Selection) -> None:
    """Write the key figures: n and the index, and the verdict where no sentence says it."""
    tr = selection.tr
    assessment = cache.assessment(selection.question)
    rows = assessment.accounting
    figures = [
        (tr("summary.in_index"), n_words(assessment, tr), tr("summary.of_read", read=rows.read)),
        (tr("summary.index_title"), index_words(assessment, tr), _interval_note(assessment, tr)),
    ]
    if not headline_lines(assessment, tr)[1]:
        figures.append((tr("summary.verdict_title"), verdict_words(assessment, tr), ""))
    markup.figures(figures)
    if assessment.test is not None:
        markup.quiet(basis_words(assessment, tr))


def show_charts(selection: state.Selection) -> None:
    """Draw the curve and the quintiles beside the map."""
    tr = selection.tr
    assessment = cache.assessment(selection.question)
    if assessment.test is None:
        if nothing_matches(selection):
            wheel.show_nothing(selection)
        return
    st.markdown(f"**{tr('chart.curve_title')}**")
    spec = chart_specs.spec(
        "curve",
        selection.language,
        selection.question.weight,
        size=HALL if selection.present else PAGE,
    )
    markup.chart(spec, curve_frame(assessment), curve_words(assessment, tr), "curve")
    if not selection.present:
        st.markdown(f"**{quintile_title(assessment, tr)}**")
        bars = chart_specs.spec("quintiles", selection.language, selection.question.weight)
        markup.chart(
            bars, quintile_frame(assessment, tr), quintile_words(assessment, tr), "quintiles"
        )
        if assessment.quintiles["share_population"].fillna(0.0).sub(0.2).abs().max() > UNEVEN:
            markup.quiet(tr("chart.quintile_uneven"))


def nothing_matches(selection: state.Selection) -> bool:
    """Tell whether no located initiative has the chosen Es and partners."""
    assessment = cache.assessment(selection.question)
    return assessment.why_not is not None and assessment.why_not.kind == "none_tagged"


def show_certainty(selection: state.Selection) -> None:
    """Say how certain the answer is, and what it cannot show."""
    tr = selection.tr
    assessment = cache.assessment(selection.question)
    beside = [cache.assessment(question) for question in selection.beside]
    markup.quiet(accounting_words(assessment, tr))
    for other in beside:
        markup.quiet(named(other, accounting_words(other, tr), tr))
    for text in warnings(assessment, tr, beside):
        markup.flag(text)
    limits = dict.fromkeys(text for each in (assessment, *beside) for text in cautions(each, tr))
    with st.expander(tr("sure.title")):
        for text in (chance_words(assessment, tr), tr("sure.reading"), *limits):
            if text:
                st.markdown(markup.plain(text))


def _interval_note(assessment: Assessment, tr: Translator) -> str:
    """Say how the interval was computed."""
    if assessment.test is None:
        return ""
    method = tr(f"interval.{assessment.test.interval_method}")
    return tr("summary.interval_note", method=method)
