"""Chart specifications, built once for all visitors, without data."""

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
    """Return the chart of the concentration curve."""
    return _curve_spec(language, weight, "hall" if hall else "page")


def quintile_spec(language: str, weight: str, *, picking: bool = False) -> dict[str, Any]:
    """Return the chart of the fifths."""
    return _quintile_spec(language, weight, picking=picking)


def gap_spec(language: str, weight: str) -> dict[str, Any]:
    """Return the chart of the gaps."""
    return _gap_spec(language, weight)


def template(name: str, language: str) -> dict[str, Any]:
    """Return a chart that is the same for all questions."""
    return _template(name, language)


def indices_spec(language: str, rows: int) -> dict[str, Any]:
    """Return the chart of several indices."""
    return _indices_spec(language, rows)


def six_es_spec(language: str, rows: int) -> dict[str, Any]:
    """Return the chart of the indices of groups."""
    return _six_es_spec(language, rows)


def strip_spec(language: str, rows: int) -> dict[str, Any]:
    """Return the robustness strip."""
    return _strip_spec(language, rows)


@st.cache_resource(max_entries=64, show_spinner=False)
def _indices_spec(language: str, rows: int) -> dict[str, Any]:
    """Build the chart of several indices."""
    return dict(indices_template(Translator(language), PAGE, rows).to_dict())


@st.cache_resource(max_entries=64, show_spinner=False)
def _six_es_spec(language: str, rows: int) -> dict[str, Any]:
    """Build the chart of the indices of groups."""
    return dict(six_es_template(Translator(language), PAGE, rows).to_dict())


@st.cache_resource(max_entries=64, show_spinner=False)
def _template(name: str, language: str) -> dict[str, Any]:
    """Build a chart that is the same for all questions."""
    return dict(TEMPLATES[name](Translator(language), PAGE).to_dict())


@st.cache_resource(max_entries=16, show_spinner=False)
def _curve_spec(language: str, weight: str, place: str) -> dict[str, Any]:
    """Build the chart of the concentration curve."""
    size = HALL if place == "hall" else PAGE
    return dict(curve_template(Translator(language), size, weight).to_dict())


@st.cache_resource(max_entries=16, show_spinner=False)
def _quintile_spec(language: str, weight: str, *, picking: bool) -> dict[str, Any]:
    """Build the chart of the fifths."""
    template = quintile_template(Translator(language), PAGE, weight, picking=picking)
    return dict(template.to_dict())


@st.cache_resource(max_entries=16, show_spinner=False)
def _gap_spec(language: str, weight: str) -> dict[str, Any]:
    """Build the chart of the gaps."""
    return dict(gap_template(Translator(language), PAGE, weight).to_dict())


@st.cache_resource(max_entries=64, show_spinner=False)
def _strip_spec(language: str, rows: int) -> dict[str, Any]:
    """Build the robustness strip."""
    return dict(strip_template(Translator(language), PAGE, rows).to_dict())


def wheel_spec() -> dict[str, Any]:
    """Return the wheel, which is the same in every language."""
    return _wheel_spec()


@st.cache_resource(max_entries=2, show_spinner=False)
def _wheel_spec() -> dict[str, Any]:
    """Build the wheel."""
    return dict(wheel_template(PAGE).to_dict())
