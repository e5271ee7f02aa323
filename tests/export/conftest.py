"""Snapshots for tests: of the toy city, and of each published city in each language."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pytest
from PIL import Image
from samples import DAY, OPENING

from sixes_geo.analysis.question import ask
from sixes_geo.contributions.cities import open_city
from sixes_geo.export.fields import Fields
from sixes_geo.export.snapshot import freeze


@pytest.fixture(scope="session")
def toy_snapshot(toy_city):
    """Freeze questions in the toy city, each of them measured once."""
    known = {}

    def frozen(*layers, language="en", fields=None, **options):
        key = (layers, repr(sorted(options.items())))
        question = ask(toy_city, layers=layers or ("sensors",), **options)
        made = freeze(question, language, fields or Fields(date=DAY), **known.get(key, {}))
        known[key] = {"assessment": made.assessment, "robustness": made.robustness}
        return made

    return frozen


@pytest.fixture(scope="session")
def city_snapshot(published):
    """Freeze a typical question of each published city, in any language."""

    @cache
    def measured(name):
        layer, districts = OPENING[name]
        city = published(name)
        choice = ask(city, layers=[layer])
        return freeze(choice, "es", Fields(date=DAY, districts=districts))

    def frozen(name, language="es"):
        snapshot = measured(name)
        return freeze(
            snapshot.question,
            language,
            snapshot.fields,
            assessment=snapshot.assessment,
            robustness=snapshot.robustness,
        )

    return frozen


@pytest.fixture(scope="session")
def logo():
    """Draw a plain picture to be used as a logo."""
    made = BytesIO()
    Image.new("RGB", (1200, 300), "#c75b00").save(made, "JPEG")
    return made.getvalue()


@pytest.fixture
def toy_again(toy_root):
    """Open the toy city again, with what was added in the meantime."""
    return lambda: open_city("toy", toy_root)
