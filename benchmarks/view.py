"""How long one changed choice takes, beside the plain way of drawing the same map.

Run it with ``python benchmarks/view.py``. It prints milliseconds of this machine and, what can
be compared between machines, how many times the plain way takes: one folium object with a
style per unit and per site, written out anew at every change.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import folium

from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.options import need_options
from sixes_geo.analysis.provision import sites_of
from sixes_geo.analysis.question import ask
from sixes_geo.city.tables import read_units
from sixes_geo.contributions.cities import open_city
from sixes_geo.i18n import Translator
from sixes_geo.maps.leaflet import scene_group
from sixes_geo.maps.scene import Addresses, Display, build_scene
from sixes_geo.output.unit_table import screen_table

VIEWS = (
    ("rio", "bairro", "cameras-2026"),
    ("santiago", "zone", "bike-share-2022"),
    ("santiago", "zone", "bus-stops-2017"),
    ("medellin", "comuna", "encicla-2026"),
)
ROUNDS = 7


def median_ms(work: Callable[[], object]) -> float:
    """Return the median time of some work, after one round that does not count."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    """Time a change of need in each view: measure, scene, table; and the plain map."""
    tr = Translator("es")
    print(f"{'view':38}{'measure':>9}{'scene':>8}{'table':>8}{'sent kB':>9}{'plain way':>11}")
    for name, unit, layer in VIEWS:
        city = open_city(name)
        needs = need_options(city, unit)
        question = ask(city, layers=[layer], unit=unit, need=needs[-1])
        found = assess(question)
        addresses = Addresses("units.json", {layer: "sites.json"}, {})
        scene = build_scene(found, Display(), addresses, tr)
        units = read_units(city, city.unit_named(unit))
        sites = sites_of(city, city.layer_named(layer))

        def plain(units=units, sites=sites) -> str:
            drawn = folium.Map()
            folium.GeoJson(units.to_json(), style_function=lambda _: {"weight": 1}).add_to(drawn)
            for shape in sites.geometry:
                folium.CircleMarker((shape.y, shape.x), radius=3).add_to(drawn)
            return str(drawn.get_root().render())

        measure = median_ms(lambda question=question: assess(question))
        scene_ms = median_ms(
            lambda found=found, addresses=addresses: scene_group(
                build_scene(found, Display(), addresses, tr)
            )
        )
        table = median_ms(lambda found=found: screen_table(found, tr))
        start = time.perf_counter()
        plain()
        ratio = (time.perf_counter() - start) * 1000 / (measure + scene_ms + table)
        sent = len(json.dumps(scene)) / 1000
        view = f"{name} {unit} {layer}"
        print(f"{view:38}{measure:9.1f}{scene_ms:8.1f}{table:8.1f}{sent:9.1f}{ratio:10.1f}x")


if __name__ == "__main__":
    main()
