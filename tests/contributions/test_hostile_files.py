"""Files of people, changed at random: read, or refused in one line; nothing else comes out."""

import json
from dataclasses import replace

import pytest
from house import some
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import DESCRIBED, kept, sheet
from mutated import bytes_changed, changed, corpus, json_changed, refusal

from sixes_geo.contributions import folder, indicator_csv
from sixes_geo.contributions.cell_files import cell_files, cells_from_file
from sixes_geo.contributions.cells import kept_cell
from sixes_geo.contributions.merge import contributed_indicators, joined, tag_files
from sixes_geo.contributions.tag_files import tags_from_file
from sixes_geo.framework.crosswalk import crosswalk_csv, shipped
from sixes_geo.i18n import Translator
from sixes_geo.store import contributions, location
from sixes_geo.store.versions import Change
from sixes_geo.wording.contributions import values_words

TAGS = (
    "initiative,dimension,level,coder,evidence,source\n"
    "docks,equity,absent,Zoe,Saw it,Field notes\n"
    'docks,public,operator+funder,Zoé,"It says, ""so""",Notes\n'
).encode()
CELLS = crosswalk_csv(shipped()[:20]).replace(b"SixEs Geo", b"Zoe")
SHEETS = [
    sheet(),
    sheet(delimiter=";", per="initiative", use="provision", values={"docks": "1,5", "bikes": 2}),
    sheet(values={"01": "1,234", "02": "-5", "03": "", "04": "0,5"}).decode().encode("cp1252"),
]
NO_WAIT = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def shown(city, content):
    """Read an indicator and say what the page says of it."""
    indicator = indicator_csv.from_file(city, content, "x.csv")
    values_words(city, indicator, Translator("en"))
    indicator_csv.as_file(city, indicator)


@NO_WAIT
@given(changed(SHEETS))
def test_a_changed_indicator_is_read_or_refused(toy_city, content):
    refusal(lambda: shown(toy_city, content))
    refusal(lambda: indicator_csv.fits(toy_city, content, "x.csv"))


@NO_WAIT
@given(changed([TAGS]))
def test_changed_tags_are_read_or_refused(toy_city, content):
    refusal(lambda: tags_from_file(toy_city, content, "x.csv"))


@NO_WAIT
@given(changed([CELLS]))
def test_changed_cells_are_read_or_refused(content):
    refusal(lambda: cells_from_file(content, "x.csv"))


@NO_WAIT
@given(st.binary(max_size=300), st.text(max_size=300))
def test_anything_at_all_is_read_or_refused(toy_city, content, text):
    for each in (content, text.encode("utf-8", "replace"), b"id,value\n" + content):
        refusal(lambda each=each: shown(toy_city, each))
        refusal(lambda each=each: tags_from_file(toy_city, each, "x.csv"))
        refusal(lambda each=each: cells_from_file(each, "x.csv"))


@NO_WAIT
@given(
    st.dictionaries(st.sampled_from(list(DESCRIBED)), st.text(max_size=80), max_size=3),
    st.dictionaries(st.sampled_from(["01", "02", "99", "docks"]), st.text(max_size=20), min_size=1),
)
def test_any_texts_of_a_form_are_read_or_refused(toy_city, described, typed):
    refusal(lambda: indicator_csv.from_form(toy_city, DESCRIBED | described, typed))


@pytest.fixture
def no_store(tmp_path, monkeypatch):
    """Leave no store to import files into, so that each is read anew."""
    monkeypatch.setenv(location.VARIABLE, f"sqlite:///{tmp_path}/in-the-way/store.sqlite3")
    (tmp_path / "in-the-way").write_text("")


@pytest.mark.usefixtures("no_store")
def test_a_thousand_changed_files_of_the_folder_are_read_or_told_of(toy_city, registry_folder):
    place = registry_folder / "toy" / folder.INDICATORS
    place.mkdir(parents=True)
    many = some(corpus([kept("own-x").encode()], 1_000, bytes_changed, json_changed))
    for nth, content in enumerate(many):
        path = place / "own-x.json"
        path.write_bytes(content)
        found, refused = contributed_indicators(toy_city)

        assert len(found) + len(refused) == 1
        assert all("\n" not in str(error) for error in refused)
        if nth % 50 == 0:
            joined(toy_city)


@pytest.mark.usefixtures("no_store")
def test_changed_tags_of_the_folder_are_read_or_told_of(toy_city, registry_folder):
    place = registry_folder / "toy" / folder.TAGS
    place.mkdir(parents=True)
    table = tags_from_file(toy_city, TAGS, "x.csv").to_csv(index=False).encode()
    for content in some(corpus([table], 200)):
        (place / "x.csv").write_bytes(content)
        found, refused = tag_files(toy_city)

        assert bool(found) != bool(refused)  # of a file, all coders or none


def test_changed_rows_of_the_store_are_read_or_told_of(toy_city):
    table = tags_from_file(toy_city, TAGS, "x.csv").to_csv(index=False).encode()
    cell = (kept_cell(replace(shipped()[0], coder="Ana")).content or "").encode()
    indicator = kept("own-x").encode()
    kinds = {
        (folder.INDICATORS, "toy"): (lambda: contributed_indicators(toy_city), indicator),
        (folder.TAGS, "toy"): (lambda: tag_files(toy_city), table),
        (folder.CROSSWALK, folder.EVERYWHERE): (cell_files, cell),
    }
    counts, said = [], ""
    for (kind, city), (read, text) in kinds.items():
        for content in corpus([text], 40):
            row = Change("own-x", "Zoe", content.decode(errors="replace"))
            contributions.change(kind, city, lambda _, row=row: [row])
            found, refused = read()
            counts.append(len(found) + len(refused))
            said += "".join(map(str, refused))

    assert set(counts) == {1}
    assert len(counts) >= 120
    assert "\n" not in said


@pytest.mark.parametrize("value", [10**400, 1e999, float("nan"), "1", None, [1], {"a": 1}, True])
def test_a_stored_value_of_any_kind_is_told_of(toy_city, registry_folder, value):
    place = registry_folder / "toy" / folder.INDICATORS
    place.mkdir(parents=True)
    text = kept("own-x", {"01": 1, "02": "@"}).replace('"@"', json.dumps(value))
    (place / "own-x.json").write_text(text)

    found, refused = contributed_indicators(toy_city)

    assert found == ()
    assert len(refused) == 1
