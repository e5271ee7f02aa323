"""Snapshots to look at: of the toy city, and of each published city in each language."""

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
    """Freeze a question in the toy city; what was measured before is known."""
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
    """Freeze what a published city is asked of most, in any language."""

    @cache
    def measured(name):
        layer, districts = OPENING[name]
        city = published(name)
        choice = ask(city, layers=[layer])
        return freeze(choice, "es", Fields(date=DAY, districts=districts))

    def frozen(name, language="es"):
        found = measured(name)
        return freeze(
            found.question,
            language,
            found.fields,
            assessment=found.assessment,
            robustness=found.robustness,
        )

    return frozen


@pytest.fixture(scope="session")
def logo():
    """Draw a picture that is no logo of anybody."""
    made = BytesIO()
    Image.new("RGB", (1200, 300), "#c75b00").save(made, "JPEG")
    return made.getvalue()


@pytest.fixture
def toy_again(toy_root):
    """Read the toy city anew, with whatever was added to it in the meantime."""
    return lambda: open_city("toy", toy_root)
