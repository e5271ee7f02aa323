"""The form for a new indicator: a description, and a value for each unit or initiative."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from sixes_geo.base.day import today
from sixes_geo.base.errors import SixesGeoError
from sixes_geo.city.model import ES, City
from sixes_geo.contributions import indicator_csv, store
from sixes_geo.contributions.checks import FIRST_YEAR, LAST_YEAR, LONGEST, MEANS, USES
from sixes_geo.contributions.merge import names_of, per_options
from sixes_geo.contributions.store import NEED
from sixes_geo.i18n import Translator
from sixes_geo.ui.components import markup
from sixes_geo.ui.session import authorship, state
from sixes_geo.ui.views.indicators import remember_kept, show_kept
from sixes_geo.wording.contributions import exact_words, per_words

FEW = 5
"""How many units or initiatives are named whose value is not a number."""

ROUND, TYPED = "contribution-round", "contribution-typed"
"""Session keys: how many indicators were kept from the form, and the current input.

Streamlit forgets a widget that is not drawn; input must survive a visit to another page.
"""


@st.fragment
def show_form() -> None:
    """Draw the form, and say how the values typed so far are read."""
    selection = state.current()
    tr, city = selection.tr, selection.city
    st.subheader(tr("contributions.form_title"), anchor=False)
    with st.container(border=True):
        described = _fields(city, tr)
        typed = _values(city, described["per"], tr)
        markup.quiet(_read_words(city, described["per"], typed, tr))
        clicked = st.button(tr("contributions.keep_typed"), key="contribution-keep")
        if clicked:
            try:
                indicator = indicator_csv.from_form(city, described, typed, tr.language)
                remember_kept("form", store.keep(city.city, indicator, authorship.code()))
            except SixesGeoError as error:
                markup.notice(error, tr)
            else:
                _reset()
                st.rerun()
        show_kept("form", selection)


def _reset() -> None:
    """Clear the form after its indicator was kept."""
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.session_state.pop(TYPED, None)


def _typed() -> dict[str, Any]:
    """Return the input so far, by field."""
    typed: dict[str, Any] = st.session_state.setdefault(TYPED, {})
    return typed


def _key(name: str, *rest: str) -> str:
    """Return the key of a field, which changes after each indicator kept."""
    return "-".join(["contribution", name, *rest, str(st.session_state.get(ROUND, 0))])


def _restored_key(name: str, *rest: str) -> str:
    """Return the key of a field, with its earlier input restored."""
    key = _key(name, *rest)
    if key not in st.session_state and name in _typed():
        st.session_state[key] = _typed()[name]
    return key


def _fields(city: City, tr: Translator) -> dict[str, str]:
    """Draw the fields of the description, and return their values."""
    left, right = st.columns(2)
    fields: dict[str, Any] = {}
    day = dt.date.fromisoformat(today(st.context.timezone))
    _typed().setdefault("date", day)
    _typed().setdefault("year", day.year)
    with left:
        for name in ("name", "question", "unit_of_measure", "source"):
            draw = st.text_area if name == "question" else st.text_input
            fields[name] = draw(
                tr(f"contributions.field.{name}"), key=_restored_key(name), max_chars=LONGEST[name]
            )
    words = {kind: per_words(city, kind, tr) for kind in per_options(city)}
    with right:
        fields["e"] = _select("e", {e: tr(f"tags.e.{e}") for e in ES}, tr)
        fields["use"] = _select(
            "use", {use: tr(f"contributions.use.{use}") for use in USES}, tr, index=0
        )
        fields["higher_means"] = MEANS[0]
        if fields["use"] == NEED:
            means = {meaning: tr(f"contributions.means.{meaning}") for meaning in MEANS}
            fields["higher_means"] = _select("higher_means", means, tr)
        fields["authors"] = st.text_input(
            tr("contributions.field.authors"),
            key=_restored_key("authors"),
            max_chars=LONGEST["authors"],
        )
        fields["date"] = st.date_input(tr("contributions.field.date"), key=_restored_key("date"))
        fields["year"] = st.number_input(
            tr("contributions.field.year"),
            FIRST_YEAR,
            LAST_YEAR,
            format="%d",
            key=_restored_key("year"),
        )
    fields["per"] = _select("per", words, tr, index=0)
    _typed().update(fields)
    if fields["use"] != NEED:
        _typed().pop("higher_means")  # it was not chosen
    return {name: "" if value is None else str(value) for name, value in fields.items()}


def _select(
    name: str, words: Mapping[str, str], tr: Translator, index: int | None = None
) -> str | None:
    """Draw a choice of labelled options; without an index, nothing is chosen yet."""
    if _typed().get(name) not in words:
        _typed().pop(name, None)
    chosen = st.selectbox(
        tr(f"contributions.field.{name}"),
        list(words),
        index=index,
        key=_restored_key(name, tr.language),  # its labels must change with the language
        format_func=words.__getitem__,
        placeholder=tr("contributions.choose"),
    )
    return None if chosen is None else str(chosen)


def _values(city: City, per: str, tr: Translator) -> dict[str, str]:
    """Draw the table of values, as text, so that browsers do not interpret numbers.

    When it is drawn again, the table begins with the values typed before.
    """
    names = names_of(city, per, tr.language)
    key = _key("values", city.city, per, tr.language)
    before: dict[str, dict[str, str]] = _typed().setdefault("values", {})
    initial: dict[str, dict[str, str]] = _typed().setdefault("begun", {})
    scope = f"{city.city} {per}"
    if key not in st.session_state or key not in initial:
        initial[key] = dict(before.get(scope, {}))
    values = [initial[key].get(name, "") for name in names]
    edited = st.data_editor(
        pd.DataFrame(
            {"name": list(names.values()), "value": values}, index=list(names), dtype="str"
        ),
        hide_index=True,
        disabled=["name"],
        placeholder="",
        key=key,
        column_config={
            "name": st.column_config.TextColumn(tr("contributions.place")),
            "value": st.column_config.TextColumn(tr("contributions.value"), max_chars=40),
        },
    )
    before[scope] = {
        name: "" if pd.isna(text) else str(text)
        for name, text in zip(names, edited["value"], strict=True)
    }
    return before[scope]


def _read_words(city: City, per: str, typed: Mapping[str, str], tr: Translator) -> str:
    """Say how values are read: how many, their range, and which are not numbers."""
    values, wrong = indicator_csv.typed_values(typed)
    numbers: Sequence[float] = sorted(values.values())
    sentences = [tr("contributions.numbers")]
    if numbers:
        limits = {"low": exact_words(numbers[0], tr), "high": exact_words(numbers[-1], tr)}
        many = {"of": len(typed), "many": per_words(city, per, tr)}
        sentences = [
            tr(
                "contributions.reading",
                read=tr("contributions.read", count=len(numbers), **many, **limits),
            )
        ]
    if wrong:
        names = names_of(city, per, tr.language)
        some = tr.list([names[name] for name in wrong[:FEW]])
        sentences.append(tr("contributions.unread", count=len(wrong), places=some))
    return " ".join(sentences)
