"""The page about the data says what the manifests say, and is written anew when they change."""

import json
from pathlib import Path

import pytest
import rawtown

from sixes_geo.build import readme

GEODATA = Path(__file__).parents[2] / "geodata"
REFRESH = (
    'python -c "from pathlib import Path; from sixes_geo.build import readme; '
    "readme.write(Path('geodata'))\""
)


def text(word):
    return {"es": f"{word} es", "pt": f"{word} pt", "en": f"{word} en"}


@pytest.fixture
def manifest():
    """Return as much of a manifest as the page speaks of."""
    figure = {
        "title": text("Income"),
        "unit_of_measure": text("pesos"),
        "years": {"zone": [2012, 2010, 2011, 2020]},
        "higher_is_better_off": True,
    }
    return {
        "name": rawtown.CITY,
        "version": "1",
        "resources": [
            {
                "name": "zones",
                "path": "zones.geojson",
                "licenses": [{"name": "not-stated", "title": "not-stated"}, {"name": "MIT"}],
                "sixes:title": text("Zones"),
                "sixes:vintage": "2020, 2021",
            }
        ],
        "sixes:city": {
            "name": text("Rawtown"),
            "country": text("Nowhere"),
            "note": text("Mind the gap."),
            "crs": "EPSG:32719",
            "currency": "CLP",
        },
        "sixes:units": [
            {
                "unit": "zone",
                "level": "zone",
                "resource": "zones",
                "many": text("zones"),
                "note": text("Four."),
            }
        ],
        "sixes:indicators": [
            {"indicator": "income", "role": "need", **figure},
            {"indicator": "ips", "role": "need", **figure, "higher_is_better_off": False},
            {"indicator": "population", "role": "population", **figure},
        ],
        "sixes:layers": [
            {
                "layer": "stations",
                "title": text("Stations | all"),
                "role": "initiative",
                "footprint": "network",
                "vintage": "2021",
            }
        ],
        "sixes:raw": [
            {
                "path": "zones.geojson",
                "publisher": "Nobody\n& sons",
                "origin": "made/up: *.shp",
                "commit": "0123456789abcdef" * 2,
                "vintage": "2020",
                "licence": "CC0-1.0",
                "licence_title": "CC zero",
                "licence_url": "https://example.org/a b(c)",
            }
        ],
    }


def rows(page, section):
    """Return the rows of one section's table as lists of cells."""
    table = page.partition(f"\n### {section}\n\n")[2].partition("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in table[2:]]


def test_the_page_beside_the_data_is_up_to_date():
    manifests = [
        json.loads(path.read_text(encoding="utf-8")) for path in GEODATA.glob("*/datapackage.json")
    ]
    found = (GEODATA / "README.md").read_text(encoding="utf-8")

    assert len(manifests) == 3
    assert found == readme.readme(manifests), f"geodata/README.md is stale; write it with {REFRESH}"


def test_a_city_is_told_by_its_units_needs_layers_and_files(manifest):
    page = readme.readme([manifest])

    assert "\n## Rawtown en, Nowhere en: `rawtown/`\n\nMind the gap. en\n" in page
    assert rows(page, "Units") == [["zones en", "zone", "`zones.geojson`", "Four. en"]]
    assert rows(page, "Needs") == [
        ["`income`", "Income en", "pesos en", "zone 2010–2012, 2020", "better off"],
        ["`ips`", "Income en", "pesos en", "zone 2010–2012, 2020", "worse off"],
    ]
    assert [row[0] for row in rows(page, "Other figures")] == ["`population`"]
    assert rows(page, "Layers") == [
        ["`stations`", r"Stations \| all en", "initiative", "network", "2021"]
    ]
    assert rows(page, "Files") == [["`zones.geojson`", "Zones en", "2020, 2021", "not stated; MIT"]]


def test_a_raw_file_is_told_with_its_origin_and_the_licence_as_stated(manifest):
    assert rows(readme.readme([manifest]), "Raw files") == [
        [
            "`zones.geojson`",
            "Nobody & sons",
            r"made/up: \*.shp",
            "`0123456789ab`",
            "2020",
            "[CC zero](<https://example.org/a b(c)>)",
        ]
    ]


def test_words_about_a_licence_that_is_not_stated_are_kept(manifest):
    manifest["sixes:raw"][0].update(licence="not-stated", licence_title="partly ODbL")

    assert rows(readme.readme([manifest]), "Raw files")[0][-1] == "not stated (partly ODbL)"


def test_cities_come_in_the_order_of_their_folders(manifest):
    other = {**manifest, "name": "aldea"}

    assert readme.readme([manifest, other]) == readme.readme(iter([other, manifest]))
    assert readme.readme([manifest, other]).index("aldea/") < readme.readme(
        [manifest, other]
    ).index("rawtown/")


def test_the_page_tells_how_to_rebuild():
    assert "python -m sixes_geo build --raw DIR" in readme.readme([])


def test_the_page_is_written_beside_the_cities(tmp_path, manifest):
    (tmp_path / "rawtown").mkdir()
    (tmp_path / "rawtown" / "datapackage.json").write_text(json.dumps(manifest), encoding="utf-8")

    path = readme.write(tmp_path)

    assert path == tmp_path / "README.md"
    assert path.read_bytes().decode() == readme.readme([manifest])
