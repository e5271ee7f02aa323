"""The file of a table says of which choice it is and what was found; nothing in it runs."""

import csv
import io
from dataclasses import replace

import pytest

from sixes_geo.analysis.question import Variation
from sixes_geo.i18n import Translator
from sixes_geo.output.unit_table import csv_table

WHOLE = [
    "border_m",
    "without",
    "concentration_index",
    "interval_low",
    "interval_high",
    "index_verdict",
]


def rows_of(found):
    """Read the file back as a spreadsheet would."""
    text = csv_table(found, Translator("en")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_table_of_another_border_or_without_a_network_can_be_told_from_the_first(measured):
    first = rows_of(measured("sensors", "docks"))[0]
    other = rows_of(measured("sensors", "docks", variation=Variation(200, "docks")))[0]

    assert (first["border_m"], first["without"]) == ("0", "")
    assert (other["border_m"], other["without"]) == ("200", "docks")
    assert list(first)[-6:] == list(other)[-6:] == WHOLE


def test_the_file_holds_the_index_with_its_interval_and_verdict(measured):
    found = measured("docks", weight="capacity")
    rows = rows_of(found)
    told = [float(rows[0][one]) for one in WHOLE[2:5]]

    assert told == pytest.approx([found.test.index, *found.test.interval])
    assert {row["index_verdict"] for row in rows} == {found.test.verdict}


def test_where_nothing_is_measured_the_file_has_no_index(measured):
    row = rows_of(measured("centre"))[0]

    assert [row[one] for one in WHOLE[2:]] == ["", "", "", "cannot_tell"]


def test_no_text_of_the_file_is_left_for_a_spreadsheet_to_run(measured):
    found = measured("docks")
    units = found.units.rename(index={"01": "=1+1"})
    city = replace(found.city, version="\n@sum")

    rows = rows_of(replace(found, units=units, question=replace(found.question, city=city)))

    assert "'=1+1" in {row["id"] for row in rows}
    assert {row["data_version"] for row in rows} == {"'\n@sum"}
