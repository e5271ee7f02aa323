"""Indicators as they are typed in: a description, and a value for each place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from sixes_geo.base.errors import SixesGeoError
from sixes_geo.city.model import ES, City
from sixes_geo.contributions import indicator_csv, store
from sixes_geo.contributions.checks import FIRST_YEAR, LAST_YEAR, LONGEST, MEANS, USES
from sixes_geo.contributions.merge import names_of, places
from sixes_geo.contributions.store import NEED
from sixes_geo.i18n import Translator
from sixes_geo.ui.components import markup
from sixes_geo.ui.session import state
from sixes_geo.ui.views.indicators import kept, show_kept
from sixes_geo.wording.contributions import exact_words, per_words

FEW = 5
"""Places that are named of those whose value is no number."""

ROUND, TYPED = "own-round", "own-typed"
"""How many indicators were typed in and kept, and what was typed for the next one.

Streamlit forgets a widget that is not drawn; what was typed must outlast a look at another page.
"""


@st.fragment
def show_form() -> None:
    """Take an indicator as it is typed in, and say all the while what is read of it."""
    selection = state.current()
    tr, city = selection.tr, selection.city
    st.subheader(tr("contributions.form_title"), anchor=False)
    with st.container(border=True):
        described = _fields(city, tr)
        typed = _values(city, described["per"], tr)
        markup.quiet(_read_words(city, described["per"], typed, tr))
        asked = st.button(tr("contributions.keep_typed"), key="own-keep")
        if asked:
            try:
                made = indicator_csv.typed_in(city, described, typed, tr.language)
                kept("form", store.keep(city.city, made))
            except SixesGeoError as refusal:
                markup.notice(refusal, tr)
            else:
                _begin_anew()
                st.rerun()
        show_kept("form", selection)


def _begin_anew() -> None:
    """Let go of what was typed, as it is kept."""
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.session_state.pop(TYPED, None)


def _typed() -> dict[str, Any]:
    """Return what was typed until now, by the name of its field."""
    found: dict[str, Any] = st.session_state.setdefault(TYPED, {})
    return found


def _key(name: str, *rest: str) -> str:
    """Return the key of a field, another one after each indicator that was kept."""
    return "-".join(["contribution", name, *rest, str(st.session_state.get(ROUND, 0))])


def _again(name: str, *rest: str) -> str:
    """Return the key of a field that shows again what was typed into it before it was gone."""
    key = _key(name, *rest)
    if key not in st.session_state and name in _typed():
        st.session_state[key] = _typed()[name]
    return key


def _fields(city: City, tr: Translator) -> dict[str, str]:
    """Ask for the description of an indicator."""
    left, right = st.columns(2)
    found: dict[str, Any] = {}
    with left:
        for name in ("name", "question", "unit_of_measure", "source"):
            draw = st.text_area if name == "question" else st.text_input
            found[name] = draw(
                tr(f"contributions.field.{name}"), key=_again(name), max_chars=LONGEST[name]
            )
    words = {one: per_words(city, one, tr) for one in places(city)}
    with right:
        found["e"] = _select("e", {one: tr(f"tags.e.{one}") for one in ES}, tr)
        found["use"] = _select(
            "use", {one: tr(f"contributions.use.{one}") for one in USES}, tr, index=0
        )
        found["higher_means"] = MEANS[0]
        if found["use"] == NEED:
            means = {one: tr(f"contributions.means.{one}") for one in MEANS}
            found["higher_means"] = _select("higher_means", means, tr)
        found["authors"] = st.text_input(
            tr("contributions.field.authors"), key=_again("authors"), max_chars=LONGEST["authors"]
        )
        found["date"] = st.date_input(tr("contributions.field.date"), key=_again("date"))
        found["year"] = st.number_input(
            tr("contributions.field.year"),
            FIRST_YEAR,
            LAST_YEAR,
            dt.datetime.now(tz=dt.UTC).year,
            format="%d",
            key=_again("year"),
        )
    found["per"] = _select("per", words, tr, index=0)
    _typed().update(found)
    if found["use"] != NEED:
        _typed().pop("higher_means")  # nobody has chosen it
    return {name: "" if value is None else str(value) for name, value in found.items()}


def _select(
    name: str, words: Mapping[str, str], tr: Translator, index: int | None = None
) -> str | None:
    """Ask for one of several, each with its word; without an index nothing is chosen yet."""
    if _typed().get(name) not in words:
        _typed().pop(name, None)
    chosen = st.selectbox(
        tr(f"contributions.field.{name}"),
        list(words),
        index=index,
        key=_again(name, tr.language),  # its words must change with the language
        format_func=words.__getitem__,
        placeholder=tr("contributions.choose"),
    )
    return None if chosen is None else str(chosen)


def _values(city: City, per: str, tr: Translator) -> dict[str, str]:
    """Ask for a value of each place, as a text: no browser then reads it its own way.

    The table begins with what was typed before, whenever it is drawn again.
    """
    names = names_of(city, per, tr.language)
    key = _key("values", city.city, per, tr.language)
    before: dict[str, dict[str, str]] = _typed().setdefault("values", {})
    begun: dict[str, dict[str, str]] = _typed().setdefault("begun", {})
    at = f"{city.city} {per}"
    if key not in st.session_state or key not in begun:
        begun[key] = dict(before.get(at, {}))
    told = [begun[key].get(one, "") for one in names]
    edited = st.data_editor(
        pd.DataFrame({"name": list(names.values()), "value": told}, index=list(names), dtype="str"),
        hide_index=True,
        disabled=["name"],
        placeholder="",
        key=key,
        column_config={
            "name": st.column_config.TextColumn(tr("contributions.place")),
            "value": st.column_config.TextColumn(tr("contributions.value"), max_chars=40),
        },
    )
    before[at] = {
        one: "" if pd.isna(text) else str(text)
        for one, text in zip(names, edited["value"], strict=True)
    }
    return before[at]


def _read_words(city: City, per: str, typed: Mapping[str, str], tr: Translator) -> str:
    """Say how the numbers are read: of how many places, from which to which, and what is none."""
    values, wrong = indicator_csv.values_typed(typed)
    numbers: Sequence[float] = sorted(values.values())
    told = [tr("contributions.numbers")]
    if numbers:
        limits = {"low": exact_words(numbers[0], tr), "high": exact_words(numbers[-1], tr)}
        many = {"of": len(typed), "many": per_words(city, per, tr)}
        told = [
            tr(
                "contributions.reading",
                read=tr("contributions.read", count=len(numbers), **many, **limits),
            )
        ]
    if wrong:
        names = names_of(city, per, tr.language)
        some = tr.list([names[one] for one in wrong[:FEW]])
        told.append(tr("contributions.unread", count=len(wrong), places=some))
    return " ".join(told)
