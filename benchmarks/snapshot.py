"""How long each format of a snapshot takes, and how much memory: Rio with its 3,678 cameras.

Run it with ``python benchmarks/snapshot.py``. ``times`` is how many times as long as measuring the
choice in every way takes, which can be compared between machines; the first format also starts the
drawer of charts. Ten archives at once are counted beside one.
"""

from __future__ import annotations

import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from sixes_geo.analysis.question import ask
from sixes_geo.contributions.cities import open_city
from sixes_geo.export import bundle
from sixes_geo.export.fields import Fields
from sixes_geo.export.snapshot import freeze

AT_ONCE = 10
EVERY = (
    ("pdf", {"sheet": "a4"}),
    ("pdf", {"sheet": "slides"}),
    ("png", {"size": "1200x630"}),
    ("png", {"size": "3840x2160"}),
    ("svg", {"picture": "map"}),
    ("html", {}),
    ("gpkg", {}),
    ("geojson", {}),
    ("csv", {}),
    ("zip", {}),
)


def megabytes() -> float:
    """Return the most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print a line per format, then ten archives at once."""
    city = open_city("rio")
    choice = ask(city, layers=["cameras-2026"])

    def frozen():
        return freeze(choice, "pt", Fields(date="2026-01-01"))

    frozen()  # reads the files
    start = time.perf_counter()
    snapshot = frozen()
    measuring = time.perf_counter() - start
    print(f"{'format':24}{'times':>8}{'kB':>9}{'peak MB':>9}")
    for form, options in EVERY:
        start = time.perf_counter()
        made = bundle.export_file(snapshot, form, **options)
        taken = (time.perf_counter() - start) / measuring
        name = " ".join([form, *options.values()])
        print(f"{name:24}{taken:8.2f}{len(made) / 1000:9.0f}{megabytes():9.0f}")
    start = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        made = set(pool.map(lambda _: bundle.export_file(frozen(), "zip"), range(AT_ONCE)))
    taken = (time.perf_counter() - start) / measuring
    print(f"{AT_ONCE} archives at once: {taken:.1f} times, {len(made)} kind of bytes, "
          f"{megabytes():.0f} MB")  # fmt: skip


if __name__ == "__main__":
    main()
