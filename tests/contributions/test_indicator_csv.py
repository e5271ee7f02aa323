"""Indicators made by people: by file and by hand, with faults by row, and then as any other."""

import json
from dataclasses import replace

import pytest
from made import DESCRIBED, VALUES, sheet

from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.options import default_need
from sixes_geo.analysis.provision import gather
from sixes_geo.analysis.question import ask
from sixes_geo.base.errors import ChoiceError, DataError
from sixes_geo.contributions import indicator_csv, store
from sixes_geo.contributions.cities import open_city
from sixes_geo.contributions.csv_reader import read_sheet
from sixes_geo.contributions.merge import contributed_indicators, names_of
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.output.records import measure_record
from sixes_geo.output.unit_table import csv_table
from sixes_geo.store import contributions, location
from sixes_geo.wording import headline


@pytest.fixture
def brought(toy_city):
    """Keep an indicator in the registry; returns the city that then holds it."""

    def bring(values=None, **described):
        made = indicator_csv.from_file(toy_city, sheet(values, **described), "mine.csv")
        return store.keep("toy", made), open_city("toy", toy_city.folder.parent)

    return bring


def refused(city, content, name="mine.csv") -> str:
    with pytest.raises(ChoiceError) as refusal:
        indicator_csv.from_file(city, content, name)
    return str(refusal.value)


def test_a_file_is_read_with_all_that_its_authors_gave(toy_city):
    made = indicator_csv.from_file(toy_city, sheet(), "mine.csv")

    assert dict(made.values) == VALUES
    assert (made.authors, made.date, made.year) == ("Junta de Vecinos", "2026-05-01", 2026)


def test_spreadsheets_of_all_kinds_are_read(toy_city):
    spanish = {"01": "10,5", "South West".replace("South West", "02"): "20", "03": "", "04": "1"}
    content = sheet(spanish, delimiter=";").decode().encode("cp1252")

    made = indicator_csv.from_file(toy_city, content, "mine.csv")

    assert dict(made.values) == {"01": 10.5, "02": 20.0, "04": 1.0}  # an empty cell is unknown


def test_places_may_be_named_as_people_name_them(toy_city):
    made = indicator_csv.from_file(toy_city, sheet({"south west": 1, "nunoa": 2}), "mine.csv")

    assert dict(made.values) == {"01": 1.0, "02": 2.0}


def test_every_fault_is_told_at_once_with_its_row(toy_city):
    values = {"01": "x", "99": "1", "South West": "2", "04": "1.234,5"}

    said = refused(toy_city, sheet(values, e="joy", date="yesterday", authors=""))

    for fault in (
        "line 2: missing: Authors (authors)",
        "line 2: E it is for (e) cannot be “joy”; it can be: efficiency, economy, ecology",
        "line 2: “yesterday” is not a date",
        "line 2: “x” is not a number",
        "line 3: “99” is not one of the districts (ids: 01–04; the template lists them all)",
        "line 4: South West appears twice (first in line 2)",
        "line 5: “1.234,5” is not a number",
    ):
        assert fault in said
    assert said.startswith("File mine.csv: line 2")
    assert "nothing was kept" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fault_speaks_the_language_of_its_reader(toy_city, language):
    tr = Translator(language)

    with pytest.raises(ChoiceError) as refusal:
        indicator_csv.from_file(toy_city, sheet({"01": "x"}, e="joy", name=""), "mine.csv")

    said = refusal.value.explain(tr)
    assert f"{tr('contributions.field.name')} (name)" in said
    assert tr("tags.e.engagement") in said


@pytest.mark.parametrize(
    ("e", "use", "means", "per"),
    [
        ("Educación", "Necesidad", "PEOR", "district"),
        ("educação", "necessidade", "pior", "district"),
        ("EDUCATION", "a need: it ranks places", "Worse off", "districts"),
    ],
)
def test_words_of_any_language_stand_for_what_they_name(toy_city, e, use, means, per):
    content = sheet(e=e, use=use, higher_means=means, per=per)

    made = indicator_csv.from_file(toy_city, content, "mine.csv")

    assert (made.e, made.use) == ("education", "need")
    assert (made.higher_means, made.per) == ("worse_off", "district")


@pytest.mark.parametrize(
    ("described", "fault"),
    [
        ({"use": "provision"}, "line 2: -1.0 is below zero"),
        ({"per": "initiative", "use": "need"}, "given per initiative cannot be a need"),
        ({"per": "street"}, "(per) cannot be “street”"),
        ({"year": "26"}, "“26” is not a year between 1900 and 2200"),
        ({"name": "x" * 201}, "Name (name) has 201 characters; at most 200 are allowed"),
    ],
)
def test_what_makes_no_sense_is_refused(toy_city, described, fault):
    assert fault in refused(toy_city, sheet({"01": -1.0, "02": 1.0}, **described))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "contains no table"),
        (b"\0\0", "contains no table"),
        (b"id,value\n01,1\n", "the columns name, question"),
        (sheet().split(b"\r\n")[0] + b"\r\n", "contains no table"),
        (b"x" * 2_000_001, "at most 2,000,000"),
    ],
)
def test_what_is_no_table_is_refused(toy_city, content, fault):
    assert fault in refused(toy_city, content)


def test_a_file_without_a_value_is_refused(toy_city):
    assert "no place has a value" in refused(toy_city, sheet({"01": "", "02": ""}))


def test_one_description_is_enough_and_two_contradict_each_other(toy_city):
    content = sheet().replace(b"02,20.0,", b"02,20.0,Another name")

    assert "line 3: Name (name) is “Another name” here" in refused(toy_city, content)


def test_by_hand_is_as_by_file(toy_city):
    made = indicator_csv.from_form(
        toy_city, DESCRIBED, {"01": "3,5", "02": " 20 ", "03": "-1.25", "04": ""}
    )

    assert dict(made.values) == {"01": 3.5, "02": 20.0, "03": -1.25}


def test_all_that_is_wrong_in_the_form_is_told_by_the_names_on_the_screen(toy_city):
    left = DESCRIBED | {"name": "", "question": " ", "e": ""}

    with pytest.raises(ChoiceError) as refusal:
        indicator_csv.from_form(toy_city, left, {"01": "1.250", "02": "abc"}, "pt")

    said = refusal.value.explain(Translator("pt"))
    assert "falta: Nome, Pergunta que responde, E a que serve;" in said
    places = names_of(toy_city, "district")
    assert f"{places['01']}: “1.250” pode ser lido de duas maneiras" in said
    assert f"{places['02']}: “abc” não é um número" in said


def test_a_form_without_a_value_is_refused(toy_city):
    with pytest.raises(ChoiceError, match="no place has a value yet"):
        indicator_csv.from_form(toy_city, DESCRIBED, {"01": "", "02": " "})


def test_what_is_counted_by_hand_is_not_below_zero(toy_city):
    with pytest.raises(ChoiceError, match="Ñuñoa: -2 is below zero"):
        indicator_csv.from_form(toy_city, DESCRIBED | {"use": "provision"}, {"02": "-2"})


def test_a_need_of_people_ranks_units_as_any_other(brought):
    made, city = brought()

    assert made.indicator == "own-knows-of-the-sensors"
    found = assess(ask(city, layers=["sensors"], need=made.indicator))
    plain = assess(ask(city, layers=["sensors"]))

    assert found.test.index == pytest.approx(plain.test.index)  # the same order of districts
    assert found.units["need"].tolist() == list(VALUES.values())
    assert default_need(city, "district") == "income:2024"
    assert any(source["resource"] == made.indicator for source in measure_record(found)["data"])
    rows = csv_table(found, Translator("en")).decode("utf-8-sig")
    assert "Junta de Vecinos" in rows
    assert made.name in rows or made.indicator in rows


def test_worse_off_turns_the_order_around(brought):
    made, city = brought(higher_means="worse_off")

    found = assess(ask(city, layers=["sensors"], need=made.indicator))
    plain = assess(ask(city, layers=["sensors"]))
    assert found.test.index == pytest.approx(-plain.test.index, abs=0.2)
    assert found.test.index * plain.test.index < 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_count_per_district_is_measured_as_an_amount(brought, language):
    made, city = brought({"01": 30, "02": 10}, use="provision", unit_of_measure="workshops")

    found = assess(ask(city, layers=[made.indicator], weight="amount"))

    assert found.units["amount"].dropna().to_dict() == {"01": 30.0, "02": 10.0}
    said = headline(found, Translator(language))
    assert "workshops" in said
    assert "40" in said
    assert found.accounting.unlocated == 2  # unknown, not zero


def test_what_people_count_per_initiative_stands_where_its_sites_do(brought):
    made, city = brought({"docks": 40, "centre": 5}, use="provision", per="initiative")

    found = gather(ask(city, layers=[made.indicator], weight="capacity"))

    assert found.amounts.to_dict() == {"01": 10.0, "02": 10.0, "03": 0.0, "04": 20.0}
    assert found.accounting.citywide == 1  # the seat of what serves the whole city


def test_nothing_is_overwritten_and_nothing_is_lost(brought, toy_city, monkeypatch):
    monkeypatch.setenv("SIXES_FACILITATOR", "a secret")
    first, _ = brought()
    second, city = brought({"01": 1, "02": 2})

    assert second.indicator == f"{first.indicator}-2"
    assert {first.indicator, second.indicator} <= {one.indicator for one in city.indicators}
    act = store.remove("toy", second.indicator, "a secret")
    assert [one.indicator for one in contributed_indicators(city)[0]] == [first.indicator]
    contributions.undo(act, "a secret")
    assert open_city("toy", toy_city.folder.parent).indicators == city.indicators


def test_the_stamp_of_a_city_changes_with_what_is_added(toy_city, brought):
    _, city = brought()

    assert city.stamp != toy_city.stamp
    assert len(city.raw) == len(toy_city.raw) + 1


def test_a_file_comes_back_as_it_was_and_takes_nothing_for_a_formula(toy_city, brought):
    made, city = brought(name="=evil()", authors="@home")

    again = indicator_csv.as_file(city, made)

    assert b"'=evil()" in again
    back = indicator_csv.from_file(toy_city, again, "again.csv")
    assert (back.name, back.authors, dict(back.values)) == ("=evil()", "@home", VALUES)


def test_the_template_names_every_place_and_holds_no_value(toy_city):
    rows = read_sheet(indicator_csv.template(toy_city, DESCRIBED), "x.csv", indicator_csv.COLUMNS)

    assert rows["id"].tolist() == ["01", "02", "03", "04"]
    assert set(rows["value"]) == {""}


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b'{"indicator": "own-x"}', json.dumps({"values": {}}).encode()]
)
def test_a_broken_file_in_the_registry_is_told_of_and_harms_nothing(
    toy_city, registry_folder, content
):
    place = registry_folder / "toy" / "indicators"
    place.mkdir(parents=True)
    (place / "own-x.json").write_bytes(content)

    found, refused_ = contributed_indicators(toy_city)

    assert found == ()
    assert len(refused_) == 1
    assert "own-x.json" in str(refused_[0])
    assert open_city("toy", toy_city.folder.parent).indicators == toy_city.indicators


def test_what_cannot_be_kept_is_said(toy_city, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(location.VARIABLE, f"sqlite:///{tmp_path}/file/store.sqlite3")

    with pytest.raises(DataError, match="SIXES_STORE"):
        store.keep("toy", indicator_csv.from_file(toy_city, sheet(), "mine.csv"))


def test_zeros_that_a_spreadsheet_dropped_do_no_harm(toy_city):
    assert set(indicator_csv.from_file(toy_city, sheet({"1": 1, "2": 2}), "x.csv").values) == {
        "01",
        "02",
    }


@pytest.mark.parametrize(
    ("written", "kept"), [("20241101", "2024-11-01"), ("2024-W10-1", "2024-03-04")]
)
def test_a_date_is_kept_in_the_one_way_in_which_it_is_read_again(brought, written, kept):
    made, city = brought(date=written)

    assert made.date == kept
    assert contributed_indicators(city) == ((made,), ())


@pytest.mark.parametrize("year", ["2024,0", "2024.0", " 2024 "])
def test_a_year_is_a_number_however_a_spreadsheet_writes_it(toy_city, year):
    assert indicator_csv.from_file(toy_city, sheet(year=year), "x.csv").year == 2024


def test_a_number_of_two_readings_is_refused_with_both_ways_out(toy_city):
    said = refused(toy_city, sheet({"01": "1,234", "02": "1.234", "03": "12"}))

    assert "line 2: “1,234” can be read in two ways: write 1234 or 1,2340" in said
    assert "line 3: “1.234” can be read in two ways: write 1234 or 1.2340" in said


def test_where_the_file_shows_its_decimals_a_number_has_one_reading(toy_city):
    made = indicator_csv.from_file(toy_city, sheet({"01": "1,234", "02": "0,5"}), "x.csv")

    assert dict(made.values) == {"01": 1.234, "02": 0.5}
    assert "line 2" in refused(toy_city, sheet({"01": "1.234", "02": "0,5"}))


def test_a_file_of_ours_is_never_one_of_two_readings(brought):
    made, city = brought()
    made = replace(made, values={"01": 1.234, "02": 5.678})

    assert (
        indicator_csv.from_file(city, indicator_csv.as_file(city, made), "x.csv").values
        == made.values
    )


def test_initiatives_are_named_in_the_language_of_the_reader_and_found_in_any(toy_city):
    described = DESCRIBED | {"per": "initiative", "use": "provision"}

    for language in LANGUAGES:
        rows = read_sheet(
            indicator_csv.template(toy_city, described, language), "x.csv", ["id", "place"]
        )
        names = dict(zip(rows["id"], rows["place"], strict=True))
        assert names["docks"] == f"docks ({language})"
        content = sheet({names["docks"]: 3}, per="initiative", use="provision")
        assert dict(indicator_csv.from_file(toy_city, content, "x.csv").values) == {"docks": 3.0}


def test_what_is_told_of_placeless_initiatives_alone_is_counted_nowhere(brought):
    made, city = brought({"programme": 1}, use="provision", per="initiative")

    found = gather(ask(city, layers=[made.indicator], weight="capacity"))

    assert found.amounts.sum() == 0
    assert found.accounting.read == found.accounting.unlocated == 1


@pytest.mark.parametrize("value", ["1e308", "-1e16", "5e-324", "1e-13"])
def test_a_value_that_no_sum_can_hold_is_refused_with_its_line(toy_city, value):
    values = {"01": value, "02": 20.0}

    with pytest.raises(ChoiceError) as refusal:
        indicator_csv.from_file(toy_city, sheet(values), "mine.csv")
    with pytest.raises(ChoiceError) as of_form:
        indicator_csv.from_form(toy_city, DESCRIBED, {"01": value})

    assert f"line 2: “{value}” is no plausible value; expected 0, or a size from" in str(
        refusal.value
    )
    assert "is no plausible value" in str(of_form.value)


@pytest.mark.parametrize("value", ["0", "1e15", "-1e15", "1e-12"])
def test_a_value_at_the_limits_is_read(toy_city, value):
    found = indicator_csv.from_file(toy_city, sheet({"01": value, "02": 2}), "mine.csv")

    assert found.values["01"] == float(value)


@pytest.mark.parametrize(
    "authors",
    [
        "SixEs Geo",
        "sixes  GEO",
        "Six\u200bEs Geo",
        "\uff33ixEs Geo",
        "\u0405\u0456x\u0415s G\u0435\u043e",
        "SixEs Geo, inferred",
        "Ana; SixEs Geo",
        "Irazábal & Jirón (2020)",
        "irazabal y jiron",
        "Irazábal and Jirón (2021)",
    ],
)
def test_nobody_signs_an_indicator_with_our_name_or_that_of_the_paper(toy_city, authors):
    with pytest.raises(ChoiceError, match="is the name of the paper or of this dashboard"):
        indicator_csv.from_file(toy_city, sheet(authors=authors), "mine.csv")
    with pytest.raises(ChoiceError, match="is the name of the paper or of this dashboard"):
        indicator_csv.from_form(toy_city, DESCRIBED | {"authors": authors}, {"01": "1"})


@pytest.mark.parametrize("authors", ["Ana", "Friends of SixEs Geo", "Irazábal", "李"])
def test_a_name_that_only_resembles_ours_is_left_to_its_bearer(toy_city, authors):
    assert indicator_csv.from_file(toy_city, sheet(authors=authors), "x.csv").authors == authors


@pytest.mark.parametrize("field", ["name", "authors", "source"])
def test_a_form_takes_no_hidden_signs(toy_city, field):
    described = DESCRIBED | {field: "Ana\u202egpj"}

    with pytest.raises(ChoiceError, match=r"contains the hidden character U\+202E"):
        indicator_csv.from_form(toy_city, described, {"01": "1"})
