"""Chart specifications without data, built once for all visitors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sixes_geo.charts.compare import curves_template, indices_template, quintile_lines_template
from sixes_geo.charts.concentration import curve_template
from sixes_geo.charts.gaps import gap_template
from sixes_geo.charts.quintiles import quintile_template
from sixes_geo.charts.reach import distance_template, nearest_template, within_template
from sixes_geo.charts.six_es import six_es_template
from sixes_geo.charts.stress import stress_template
from sixes_geo.charts.strip import strip_template
from sixes_geo.charts.style import PAGE, ChartSize
from sixes_geo.charts.wheel import wheel_template
from sixes_geo.i18n import Translator
from sixes_geo.ui.session.cache import cached

TEMPLATES: Mapping[str, Callable[..., Any]] = {
    "curve": curve_template,
    "curves": curves_template,
    "distance": distance_template,
    "quintile_lines": quintile_lines_template,
    "gaps": gap_template,
    "indices": indices_template,
    "nearest": nearest_template,
    "quintiles": quintile_template,
    "six_es": six_es_template,
    "stress": stress_template,
    "strip": strip_template,
    "wheel": lambda _tr, size: wheel_template(size),
    "within": within_template,
}


@cached(256, key=str)
def spec(
    name: str, language: str, *options: object, size: ChartSize = PAGE, **named: object
) -> dict[str, Any]:
    """Build a chart without data.

    Parameters
    ----------
    name
        A chart of `TEMPLATES`.
    language
        Language of its texts.
    *options, **named
        What its template takes beside the texts and the size.
    size
        For a page or a hall.
    """
    return dict(TEMPLATES[name](Translator(language), size, *options, **named).to_dict())
