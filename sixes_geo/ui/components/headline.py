"""What the map shows in words and figures: sentence, index, verdict, charts."""

from __future__ import annotations

import streamlit as st

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.charts.concentration import curve_frame, curve_words
from sixes_geo.charts.quintiles import quintile_frame, quintile_title, quintile_words
from sixes_geo.i18n import Translator
from sixes_geo.ui.components import chart_specs, markup, wheel
from sixes_geo.ui.session import cache, state
from sixes_geo.wording import (
    accounting_words,
    basis_words,
    chance_words,
    headline,
    index_words,
    n_words,
    verdict_words,
)
from sixes_geo.wording.contributions import authorship_words

HEXAGON = "hexagon"
"""Level of units whose need nobody surveyed: the page says so at once."""

UNEVEN = 0.1
"""From here on a fifth is so far from a fifth of the people that the page says why."""


def show_headline(selection: state.Selection) -> None:
    """Write the one sentence, and who made what it speaks of if people did."""
    found = cache.assessment(selection.question)
    st.html(markup.element("h1", headline(found, selection.tr), "sixes-headline"))
    _made(selection)


def _made(selection: state.Selection) -> None:
    """Say in full which need or layer was made by people, so that no sentence hides it."""
    for words in authorship_words(selection.question, selection.tr):
        markup.quiet(words)


def show_headline_small(selection: state.Selection) -> None:
    """Write the sentence of what is on the map under it, with all that its index rests on."""
    tr = selection.tr
    found = cache.assessment(selection.question)
    st.html(markup.element("p", headline(found, tr), "sixes-answer"))
    _made(selection)
    if found.test is not None:
        markup.quiet(f"{basis_words(found, tr)} · {verdict_words(found, tr)}")


def show_answer(selection: state.Selection) -> None:
    """Write the index with all it rests on, and the verdict, in one line for a hall."""
    tr = selection.tr
    found = cache.assessment(selection.question)
    text = f"{basis_words(found, tr)} · {verdict_words(found, tr)}"
    st.html(markup.element("p", text, "sixes-answer"))


def show_figures(selection: state.Selection) -> None:
    """Write three figures under the sentence: how many, the index, the verdict."""
    tr = selection.tr
    found = cache.assessment(selection.question)
    rows = found.accounting
    figures = [
        (tr("summary.in_index"), n_words(found, tr), tr("summary.of_read", read=rows.read)),
        (tr("summary.index_title"), index_words(found, tr), _interval_note(found, tr)),
        (tr("summary.verdict_title"), verdict_words(found, tr), ""),
    ]
    markup.figures(figures)
    if found.test is not None:
        markup.quiet(basis_words(found, tr))


def show_charts(selection: state.Selection) -> None:
    """Draw the curve and the fifths beside the map."""
    tr = selection.tr
    found = cache.assessment(selection.question)
    if found.test is None:
        if nothing_kept(selection):
            wheel.show_nothing(selection)
        return
    st.markdown(f"**{tr('chart.curve_title')}**")
    spec = chart_specs.curve_spec(
        selection.language, selection.question.weight, hall=selection.present
    )
    markup.chart(spec, curve_frame(found), curve_words(found, tr), "curve")
    if not selection.present:
        st.markdown(f"**{quintile_title(found, tr)}**")
        bars = chart_specs.quintile_spec(selection.language, selection.question.weight)
        markup.chart(bars, quintile_frame(found, tr), quintile_words(found, tr), "fifths")
        if found.quintiles["share_population"].fillna(0.0).sub(0.2).abs().max() > UNEVEN:
            markup.quiet(tr("chart.quintile_uneven"))


def nothing_kept(selection: state.Selection) -> bool:
    """Tell whether the Es and partners asked for leave nothing that stands anywhere."""
    found = cache.assessment(selection.question)
    return found.why_not is not None and found.why_not.kind == "none_tagged"


def show_certainty(selection: state.Selection) -> None:
    """Say how sure all this is, and what it cannot see."""
    tr = selection.tr
    found = cache.assessment(selection.question)
    markup.quiet(accounting_words(found, tr))
    layers = list(found.question.layers)
    schemes = [scheme for layer in layers for scheme in layer.initiatives]
    if len(schemes) > len(set(schemes)):
        markup.flag(tr("sure.repeated"))
    indicator = found.question.need
    unit = found.question.unit
    if unit.level == HEXAGON:
        markup.flag(tr.text(unit.note))
    with st.expander(tr("sure.title")):
        for text in (chance_words(found, tr), tr("sure.reading"), tr("sure.network")):
            if text:
                st.markdown(markup.plain(text))
        st.markdown(markup.plain(tr("sure.inside")))
        for title, note in [(indicator.title, indicator.note)] + [
            (layer.title, layer.note) for layer in layers
        ]:
            text = tr("methods.indicator_note", title=tr.text(title), note=tr.text(note))
            st.markdown(markup.plain(text))


def _interval_note(found: Assessment, tr: Translator) -> str:
    """Say what the interval is."""
    if found.test is None:
        return ""
    method = tr(f"interval.{found.test.interval_method}")
    return tr("summary.interval_note", method=method)
