"""How the browser draws each chart: written once for all visitors, without data."""

from __future__ import annotations

from typing import Any

import streamlit as st

from sixes_geo.charts.compare import curves_template, fifths_template, indices_template
from sixes_geo.charts.concentration import curve_template
from sixes_geo.charts.gaps import gap_template
from sixes_geo.charts.quintiles import quintile_template
from sixes_geo.charts.reach import distance_template, nearest_template, within_template
from sixes_geo.charts.six_es import six_es_template
from sixes_geo.charts.strip import strip_template
from sixes_geo.charts.style import HALL, PAGE
from sixes_geo.charts.wheel import wheel_template
from sixes_geo.i18n import Translator

TEMPLATES = {
    "curves": curves_template,
    "fifths": fifths_template,
    "within": within_template,
    "distance": distance_template,
    "nearest": nearest_template,
}


def curve_spec(language: str, weight: str, *, hall: bool) -> dict[str, Any]:
    """Return how the browser draws a concentration curve."""
    return _curve_spec(language, weight, "hall" if hall else "page")


def quintile_spec(language: str, weight: str, *, picking: bool = False) -> dict[str, Any]:
    """Return how the browser draws the bars of the fifths."""
    return _quintile_spec(language, weight, picking=picking)


def gap_spec(language: str, weight: str) -> dict[str, Any]:
    """Return how the browser draws the gap of each unit."""
    return _gap_spec(language, weight)


def template(name: str, language: str) -> dict[str, Any]:
    """Return how the browser draws a chart that is the same for every question."""
    return _template(name, language)


def indices_spec(language: str, rows: int) -> dict[str, Any]:
    """Return how the browser draws several indices."""
    return _indices_spec(language, rows)


def six_es_spec(language: str, rows: int) -> dict[str, Any]:
    """Return how the browser draws the indices of groups."""
    return _six_es_spec(language, rows)


def strip_spec(language: str, rows: int) -> dict[str, Any]:
    """Return how the browser draws the robustness strip."""
    return _strip_spec(language, rows)


@st.cache_resource(max_entries=64, show_spinner=False)
def _indices_spec(language: str, rows: int) -> dict[str, Any]:
    """Return the specification of several indices without them."""
    return dict(indices_template(Translator(language), PAGE, rows).to_dict())


@st.cache_resource(max_entries=64, show_spinner=False)
def _six_es_spec(language: str, rows: int) -> dict[str, Any]:
    """Return the specification of the indices of groups without them."""
    return dict(six_es_template(Translator(language), PAGE, rows).to_dict())


@st.cache_resource(max_entries=64, show_spinner=False)
def _template(name: str, language: str) -> dict[str, Any]:
    """Return the specification of a chart without its data."""
    return dict(TEMPLATES[name](Translator(language), PAGE).to_dict())


@st.cache_resource(max_entries=16, show_spinner=False)
def _curve_spec(language: str, weight: str, place: str) -> dict[str, Any]:
    """Return the specification of a curve without its data."""
    size = HALL if place == "hall" else PAGE
    return dict(curve_template(Translator(language), size, weight).to_dict())


@st.cache_resource(max_entries=16, show_spinner=False)
def _quintile_spec(language: str, weight: str, *, picking: bool) -> dict[str, Any]:
    """Return the specification of the bars without their data."""
    template = quintile_template(Translator(language), PAGE, weight, picking=picking)
    return dict(template.to_dict())


@st.cache_resource(max_entries=16, show_spinner=False)
def _gap_spec(language: str, weight: str) -> dict[str, Any]:
    """Return the specification of the gaps without their data."""
    return dict(gap_template(Translator(language), PAGE, weight).to_dict())


@st.cache_resource(max_entries=64, show_spinner=False)
def _strip_spec(language: str, rows: int) -> dict[str, Any]:
    """Return the specification of the strip without its dots."""
    return dict(strip_template(Translator(language), PAGE, rows).to_dict())


def wheel_spec() -> dict[str, Any]:
    """Return how the browser draws the wheel: the same in every language."""
    return _wheel_spec()


@st.cache_resource(max_entries=2, show_spinner=False)
def _wheel_spec() -> dict[str, Any]:
    """Return the specification of the wheel without its words."""
    return dict(wheel_template(PAGE).to_dict())
