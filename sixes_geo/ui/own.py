"""Indicators that a group makes for itself: typed in or by file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from types import SimpleNamespace

import pandas as pd
import streamlit as st

from sixes_geo import registry
from sixes_geo.additions import names_of, own_indicators, places
from sixes_geo.choices import unit_named
from sixes_geo.doors import FIRST_YEAR, LAST_YEAR, MEANS, USES
from sixes_geo.errors import SixesGeoError
from sixes_geo.i18n import Translator
from sixes_geo.intake import own
from sixes_geo.model import ES, City
from sixes_geo.registry import INITIATIVE, NEED, OwnIndicator
from sixes_geo.ui import parts, state

KEPT, FAILED = "own-kept", "own-failed"
SHORT, LONG = 200, 1000


def show_list(selection: state.Selection) -> None:
    """List the indicators that people made, with authors and date; first the paper's example."""
    tr, city = selection.tr, selection.city
    st.html(parts.element("h1", tr("own.headline"), "sixes-headline"))
    parts.quiet(tr("own.explain"))
    if KEPT in st.session_state:
        st.success(parts.plain(st.session_state.pop(KEPT)))
    found, refused = own_indicators(city)
    failed = st.session_state.pop(FAILED, None)
    for refusal in [*([failed] if failed else []), *refused]:
        parts.notice(refusal, tr)
    if not found:
        parts.quiet(tr("own.empty", city=tr.text(city.name)))
    for made in found:
        _entry(city, made, tr)
    _example(city, tr)


def _entry(city: City, made: OwnIndicator, tr: Translator) -> None:
    """Write one indicator with all that its authors gave, and offer its file."""
    _described(made, tr, tr("own.values", count=len(made.values), per=_per(city, made.per, tr)))
    with st.container(horizontal=True):
        st.download_button(
            tr("own.download"),
            partial(own.as_file, city, made, tr.language),
            file_name=f"{made.indicator}.csv",
            mime="text/csv",
            key=f"download-{made.indicator}",
            on_click="ignore",
        )
        st.button(
            tr("own.remove"),
            key=f"remove-{made.indicator}",
            on_click=removed,
            args=(partial(registry.remove, city.city, made.indicator),),
            help=tr("own.remove_help"),
        )


def removed(remove: Callable[[], None]) -> None:
    """Take something out of use, or remember for the page why that failed."""
    try:
        remove()
    except SixesGeoError as refusal:
        st.session_state[FAILED] = refusal


def _example(city: City, tr: Translator) -> None:
    """Write the paper's own example: defined, and measured by nobody."""
    st.subheader(tr("own.example_title"), anchor=False)
    unit = unit_named(city, city.view.unit).unit
    described = {
        "name": tr("own.example.name"),
        "question": tr("own.example.question"),
        "e": "education",
        "use": NEED,
        "higher_means": "better_off",
        "unit_of_measure": tr("own.example.unit"),
        "source": tr("own.example.source"),
        "authors": "",
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "year": str(dt.datetime.now(tz=dt.UTC).year),
        "per": unit,
    }
    shown = SimpleNamespace(**described | {"authors": "Irazábal & Jirón (2020)", "date": "2020"})
    _described(shown, tr, tr("own.no_values"), by="by_example")
    st.download_button(
        tr("own.template"),
        partial(own.template, city, described, tr.language),
        file_name=f"sixes-geo-{city.city}-example.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _described(
    made: OwnIndicator | SimpleNamespace, tr: Translator, values: str, by: str = "by"
) -> None:
    """Write what an indicator asks, of what, by whom and when."""
    means = tr(f"own.means.{made.higher_means}") if made.use == NEED else tr("own.use.provision")
    lines = [
        parts.element("strong", tr("own.title", name=made.name, e=tr(f"tagged.e.{made.e}"))),
        parts.element("div", made.question),
        parts.element("div", tr("own.measured", unit=made.unit_of_measure, means=means)),
        parts.element("div", values),
        parts.element("span", tr(f"own.{by}", authors=made.authors, date=made.date)),
        f" · {parts.element('span', made.source)}",
    ]
    st.html(f'<div class="sixes-entry">{"".join(lines)}</div>')


def show_file(selection: state.Selection) -> None:
    """Take an indicator from a file."""
    tr, city = selection.tr, selection.city
    st.subheader(tr("own.file_title"), anchor=False)
    parts.quiet(tr("own.file_explain", columns=", ".join(own.COLUMNS)))
    brought = st.file_uploader(
        tr("own.file"), type="csv", key="own-file", max_upload_size=parts.MEGABYTES
    )
    if brought is None:
        return
    with parts.explained(tr):
        made = own.from_file(city, brought.getvalue(), brought.name)
        _described(made, tr, tr("own.values", count=len(made.values), per=_per(city, made.per, tr)))
        if st.button(tr("own.keep_file"), key="own-file-keep"):
            _kept(registry.keep(city.city, made), tr)


def show_form(selection: state.Selection) -> None:
    """Take an indicator as it is typed in: its description, and a value for each place."""
    tr, city = selection.tr, selection.city
    st.subheader(tr("own.form_title"), anchor=False)
    words = {one: _per(city, one, tr) for one in places(city)}
    per = st.selectbox(
        tr("own.field.per"),
        list(words),
        key="own-per",
        format_func=words.__getitem__,
    )
    with st.form("own-form", border=True):
        described = _fields(tr) | {"per": str(per)}
        names = names_of(city, str(per), tr.language)
        table = pd.DataFrame({"name": list(names.values()), "value": None}, index=list(names))
        edited = st.data_editor(
            table.astype({"value": "float64"}),
            hide_index=True,
            disabled=["name"],
            placeholder="",
            key=f"own-values-{city.city}-{per}",
            column_config={
                "name": st.column_config.TextColumn(tr("own.place")),
                "value": st.column_config.NumberColumn(tr("own.value"), format="localized"),
            },
        )
        asked = st.form_submit_button(tr("own.keep_typed"))
    if asked:
        try:
            typed = own.typed_in(city, described, edited["value"], tr.language)
            made = registry.keep(city.city, typed)
        except SixesGeoError as refusal:
            parts.notice(refusal, tr)
        else:
            _kept(made, tr)


def _fields(tr: Translator) -> dict[str, str]:
    """Ask for the description of an indicator."""
    left, right = st.columns(2)
    with left:
        name = st.text_input(tr("own.field.name"), key="own-name", max_chars=SHORT)
        question = st.text_area(tr("own.field.question"), key="own-question", max_chars=LONG)
        unit = st.text_input(tr("own.field.unit_of_measure"), key="own-unit", max_chars=SHORT)
        source = st.text_input(tr("own.field.source"), key="own-source", max_chars=LONG)
    with right:
        e = _select("e", ES, "tagged.e", tr)
        use = _select("use", USES, "own.use", tr)
        means = _select("higher_means", MEANS, "own.means", tr)
        authors = st.text_input(tr("own.field.authors"), key="own-authors", max_chars=500)
        date = st.date_input(tr("own.field.date"), key="own-date")
        year = st.number_input(
            tr("own.field.year"),
            FIRST_YEAR,
            LAST_YEAR,
            dt.datetime.now(tz=dt.UTC).year,
            format="%d",
            key="own-year",
        )
    return {
        "name": name,
        "question": question,
        "unit_of_measure": unit,
        "source": source,
        "e": str(e),
        "use": str(use),
        "higher_means": str(means),
        "authors": authors,
        "date": str(date),
        "year": str(year),
    }


def _select(name: str, options: Sequence[str], words: str, tr: Translator) -> str:
    """Ask for one of several, each with its word."""
    named = {one: tr(f"{words}.{one}") for one in options}
    return str(
        st.selectbox(
            tr(f"own.field.{name}"),
            list(named),
            key=f"own-{name}",
            format_func=named.__getitem__,
        )
    )


def _kept(made: OwnIndicator, tr: Translator) -> None:
    """Say that an indicator was kept, and show the page with it."""
    st.session_state[KEPT] = tr(f"own.kept_{made.use}", name=made.name)
    st.rerun()


def _per(city: City, per: str, tr: Translator) -> str:
    """Name what an indicator is told per."""
    if per == INITIATIVE:
        return tr("own.per_initiative")
    return tr.text(unit_named(city, per).many)
