"""The change page: a network at its dates, and compared with reference services."""

from __future__ import annotations

import streamlit as st

from sixes_geo.analysis.change import Dates, Step
from sixes_geo.maps.change import change_drawing
from sixes_geo.server.map_assets import change_addresses
from sixes_geo.ui.components import comparison, maps, markup
from sixes_geo.ui.components import selection as linked
from sixes_geo.ui.components.segmented import choose_one
from sixes_geo.ui.session import cache, state
from sixes_geo.wording import map_words
from sixes_geo.wording.compare import layer_label, step_title, step_words


def show_headline(selection: state.Selection) -> None:
    """Say whether the network moved, from one date to the next."""
    tr = selection.tr
    dates = cache.dates(selection.question)
    if dates is None:
        st.html(markup.element("h1", tr("change.none"), "sixes-headline"))
        markup.quiet(tr("change.which", names=_series_names(selection)))
        return
    title = tr.text(dates.series.title)
    text = tr("change.headline", title=title, count=len(dates.assessments))
    st.html(markup.element("h1", text, "sixes-headline"))
    markup.flag(tr.text(dates.series.note))


def show_dates(selection: state.Selection) -> None:
    """Draw curves, quintiles and indices of all dates, and a map of sites kept, gained and lost."""
    tr = selection.tr
    dates = cache.dates(selection.question)
    if dates is None:
        maps.show_map(selection)
        return
    labelled = [(layer_label(assessment, tr), assessment) for assessment in dates.assessments]
    step = _step(selection, dates)
    left, right = st.columns([2, 1])
    with left:
        if step is None:
            maps.show_map(selection)
        else:
            assessed = cache.assessment(selection.question)
            addresses = change_addresses(selection.question, step)
            drawing = change_drawing(assessed, step, addresses, map_words(assessed, tr), tr)
            maps.show_map(selection, drawing, linked.picked(selection))
            markup.quiet(tr("change.kept_within", metres=dates.series.kept_within_m))
    with right:
        for dated_step in dates.steps:
            markup.quiet(step_words(dated_step, tr))
        comparison.show_curves(selection, labelled[-MOST:], "dates-curves")
    comparison.show_quintiles(selection, labelled[-MOST:], "dates-quintiles")
    markup.quiet(tr("change.same_need"))
    comparison.show_indices(selection, labelled, "dates-indices")


def show_contrasts(selection: state.Selection) -> None:
    """Compare the network with reference services, which follow population."""
    tr = selection.tr
    st.subheader(tr("change.contrast_title"), anchor=False)
    markup.quiet(tr("change.contrast_explain"))
    network = cache.assessment(selection.question)
    others = cache.contrasts(selection.question)
    if not others:
        markup.quiet(tr("change.contrast_none"))
        return
    labelled = [(layer_label(assessment, tr), assessment) for assessment in (network, *others)]
    comparison.show_curves(selection, labelled, "contrast-curves")
    comparison.show_indices(selection, labelled, "contrast-indices")


MOST = 6
"""More lines than this cannot be distinguished; the table below lists all dates."""


def _step(selection: state.Selection, dates: Dates) -> Step | None:
    """Draw the choice of the two dates that the map compares."""
    if not dates.steps:
        return None
    tr = selection.tr
    words = {str(position): step_title(step, tr) for position, step in enumerate(dates.steps)}
    if len(words) > 1:
        choose_one("step", str(selection.step), words, tr("change.steps"))
    return dates.steps[selection.step]


def _series_names(selection: state.Selection) -> str:
    """List the series of a city."""
    names = [selection.tr.text(series.title) for series in selection.city.series]
    return selection.tr.list(names) if names else selection.tr("number.missing")
