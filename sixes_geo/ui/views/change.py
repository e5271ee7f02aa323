"""The page on change: a network at its dates, and beside ordinary services."""

from __future__ import annotations

import streamlit as st

from sixes_geo.analysis.change import Dates, Step
from sixes_geo.maps.change import change_drawing
from sixes_geo.server.map_assets import fate_addresses
from sixes_geo.ui.components import comparison, maps, markup
from sixes_geo.ui.components import selection as linked
from sixes_geo.ui.components.segmented import choose_one
from sixes_geo.ui.session import cache, state
from sixes_geo.wording import map_words
from sixes_geo.wording.compare import layer_label, step_title, step_words


def show_headline(selection: state.Selection) -> None:
    """Say whether the network moved, from one date to the next."""
    tr = selection.tr
    found = cache.dates(selection.question)
    if found is None:
        st.html(markup.element("h1", tr("change.none"), "sixes-headline"))
        markup.quiet(tr("change.which", names=_named(selection)))
        return
    title = tr.text(found.series.title)
    text = tr("change.headline", title=title, count=len(found.assessments))
    st.html(markup.element("h1", text, "sixes-headline"))
    markup.flag(tr.text(found.series.note))


def show_dates(selection: state.Selection) -> None:
    """Draw curves, fifths and indices of all dates, and what became of the sites on the map."""
    tr = selection.tr
    found = cache.dates(selection.question)
    if found is None:
        maps.show_map(selection)
        return
    dated = [(layer_label(one, tr), one) for one in found.assessments]
    step = _step(selection, found)
    left, right = st.columns([2, 1])
    with left:
        if step is None:
            maps.show_map(selection)
        else:
            assessed = cache.assessment(selection.question)
            addresses = fate_addresses(selection.question, step)
            drawing = change_drawing(assessed, step, addresses, map_words(assessed, tr), tr)
            maps.show_map(selection, drawing, linked.picked(selection))
            markup.quiet(tr("change.kept_within", metres=found.series.kept_within_m))
    with right:
        for one in found.steps:
            markup.quiet(step_words(selection.city, one, tr))
        comparison.show_curves(selection, dated[-MOST:], "dates-curves")
    comparison.show_fifths(selection, dated[-MOST:], "dates-fifths")
    markup.quiet(tr("change.same_need"))
    comparison.show_indices(selection, dated, "dates-indices")


def show_contrasts(selection: state.Selection) -> None:
    """Set the network beside ordinary services, which follow people."""
    tr = selection.tr
    st.subheader(tr("change.contrast_title"), anchor=False)
    markup.quiet(tr("change.contrast_explain"))
    own = cache.assessment(selection.question)
    others = cache.contrasts(selection.question)
    if not others:
        markup.quiet(tr("change.contrast_none"))
        return
    found = [(layer_label(one, tr), one) for one in (own, *others)]
    comparison.show_curves(selection, found, "contrast-curves")
    comparison.show_indices(selection, found, "contrast-indices")


MOST = 6
"""More lines than this cannot be told apart; the table below has them all."""


def _step(selection: state.Selection, found: Dates) -> Step | None:
    """Choose which two dates the map compares."""
    if not found.steps:
        return None
    tr, city = selection.tr, selection.city
    words = {str(at): step_title(city, one, tr) for at, one in enumerate(found.steps)}
    if len(words) > 1:
        choose_one("step", str(selection.step), words, tr("change.steps"))
    return found.steps[selection.step]


def _named(selection: state.Selection) -> str:
    """List the series of a city, for who has chosen none of them."""
    names = [selection.tr.text(one.title) for one in selection.city.series]
    return selection.tr.list(names) if names else selection.tr("number.missing")
