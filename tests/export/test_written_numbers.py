"""Every text a reader sees writes money and large numbers as people do, in every language.

Years, names of places and what is to be copied (checksums, links, options) stay as they are.
"""

import re
from collections.abc import Mapping

import pandas as pd
import pytest
from house import none_of, some

from sixes_geo.analysis.question import ask
from sixes_geo.analysis.robustness import Robustness
from sixes_geo.cli.main import main
from sixes_geo.export.content import content
from sixes_geo.export.districts import all_rows
from sixes_geo.export.fields import Fields
from sixes_geo.export.snapshot import freeze
from sixes_geo.export.view import scene_of
from sixes_geo.i18n import LANGUAGES
from sixes_geo.output.unit_table import screen_table

CODE_FIRST = re.compile(r"\b(?:BRL|CLP|COP)\s?\d")
BARE = re.compile(r"(?<![\w.,/:=−-])\d{4,}(?![\w/-])")
YEARS = range(1800, 2101)
POINT_MARK = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d%])")
COMMA_MARK = re.compile(r"(?<![\d.,])[1-9]\d{0,2},\d{3}(?!\d)")
CENTS = re.compile(r"\$\s?[\d.,]*\d{3}[.,]\d{1,2}(?!\d)")
COPIED = ("checksum", "link", "sources", "cite", "words", "url", "key", "bounds", "classes")
"""Parts of a content or a scene that are no sentences, or quote a publisher."""

ASKED = {
    "income of comunas": (
        "santiago",
        {"layers": ["bus-stops-2017"], "need": "casen_income_median:2022"},
    ),
    "income of bairros": ("rio", {"layers": ["bus-stops"], "unit": "bairro"}),
    "money of comunas": ("medellin", {"layers": ["public-investment-2024"], "weight": "amount"}),
    "people of hexagons": ("santiago", {"layers": ["bus-stops-2017"], "unit": "hexagon"}),
}


def texts(node):
    """Return the texts in plain values."""
    if isinstance(node, Mapping):
        return [one for name, part in node.items() if name not in COPIED for one in texts(part)]
    if isinstance(node, list | tuple):
        return [one for part in node for one in texts(part)]
    return [node] if isinstance(node, str) else []


def faults(text, language, names=()):
    """Return what is not written as people write it."""
    for name in names:
        text = text.replace(name, "")
    foreign = (POINT_MARK if language == "en" else COMMA_MARK).findall(text)
    bare = [number for number in BARE.findall(text) if int(number) not in YEARS]
    return [*CODE_FIRST.findall(text), *CENTS.findall(text), *bare, *foreign]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", ASKED)
def test_no_snapshot_map_or_table_writes_a_code_before_money_or_a_number_without_marks(
    published, language, asked
):
    name, options = ASKED[asked]
    question = ask(published(name), **options)
    none = Robustness(pd.DataFrame(), 0, 0, 0)
    frozen = freeze(question, language, Fields(date="2026-11-28"), robustness=none)
    scene = scene_of(frozen)
    shown = [content(frozen), all_rows(frozen), scene["legend"], scene["rows"]]
    shown += [list(screen_table(frozen.assessment, frozen.tr).columns)]
    names = set(frozen.assessment.units["name"])

    none_of(
        f"{found} in {text}"
        for text in some(texts(shown))
        for found in faults(text, language, names)
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", ASKED)
def test_the_command_line_writes_numbers_as_the_pages_do(capsys, language, asked):
    name, options = ASKED[asked]
    flags = [f"--{key.removesuffix('s') if key == 'layers' else key}" for key in options]
    values = [value[0] if isinstance(value, list) else value for value in options.values()]
    pairs = [word for pair in zip(flags, values, strict=True) for word in pair]

    assert main(["measure", name, *pairs, "--lang", language]) == 0

    written = capsys.readouterr().out.splitlines()
    none_of(f"{found} in {line}" for line in written for found in faults(line, language))


@pytest.mark.parametrize(
    "text",
    ["BRL 1.394", "CLP\u00a0401.000", "n = 1058 stations", "R$ 13899", "$ 353.543,5"],
)
def test_what_nobody_writes_is_found(text):
    assert faults(text, "es")


@pytest.mark.parametrize("text", ["in 2024", "R$ 13.899", "n = 1.058", "pesos (CLP)", "0,807"])
def test_what_people_write_is_let_through(text):
    assert not faults(text, "es")
