"""Files as spreadsheets save them: line ends, quoted line breaks, and numbers of two readings."""

import time

import pytest

from sixes_geo.base.errors import ChoiceError
from sixes_geo.contributions.csv_reader import (
    decimal_sign,
    has_two_readings,
    number,
    read_sheet,
    written,
)


def refused(content) -> str:
    with pytest.raises(ChoiceError) as refusal:
        read_sheet(content, "mine.csv", ["id", "value"])
    return str(refusal.value)


@pytest.mark.parametrize("content", [b'""', b",,,", b"\n \n", b'"\n"', b";;\n;;\n"])
def test_cells_without_anything_in_them_are_no_table(content):
    assert "contains no table" in refused(content)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_any_machine_ends_them(ends):
    found = read_sheet(ends.join(["id,value", "01,1", "", "02,2"]).encode(), "x.csv", ["id"])

    assert found["id"].tolist() == ["01", "02"]
    assert found["line"].tolist() == [2, 4]


def test_a_cell_longer_than_any_reader_takes_is_refused_with_its_line():
    content = b"id,value\n01,1\n02," + b"x" * 140_000

    assert "mine.csv: it cannot be read as a table, line 3" in refused(content)


def test_a_row_after_a_quoted_line_break_keeps_its_line():
    content = b'id,value\n"01\nand more",1\n02,2\n'

    found = read_sheet(content, "x.csv", ["id", "value"])

    assert found["line"].tolist() == [2, 4]


@pytest.mark.parametrize("above", ["  \n", "\n\n", "\t\n \n"])
def test_blank_lines_above_the_heads_do_no_harm(above):
    found = read_sheet(f"{above}id;value\n01;1\n".encode(), "x.csv", ["id", "value"])

    assert found["value"].tolist() == ["1"]
    assert found["line"].tolist() == [above.count("\n") + 2]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", 1), ("1,5", 1.5), ("-2.25", -2.25), ("\u22123", -3), ("1.234,5", None), ("1_000", None),
     ("nan", None), ("inf", None), ("", None), ("ten", None)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text, value):
    assert number(text) == value


@pytest.mark.parametrize("text", ["1,234", "1.234", "-12,345", "+999.000", " 1.234 "])
def test_a_sign_before_three_digits_may_mean_two_things(text):
    assert has_two_readings(text)
    assert number(text) is None
    assert number(text, "," if "," in text else ".") == float(text.strip().replace(",", "."))
    assert number(text, "." if "," in text else ",") is None


@pytest.mark.parametrize("text", ["0,123", "0.001", "1234.567", "1,23", "1.2345", "-0.250", "12"])
def test_any_other_number_has_one_meaning(text):
    assert not has_two_readings(text)
    assert number(text) == float(text.replace(",", "."))


@pytest.mark.parametrize(
    ("texts", "sign"),
    [
        (["1,234", "0,5"], ","),
        (["1.234", "2.5"], "."),
        (["1,234", "2"], ""),
        (["2,5", "2.5"], ""),
        ([], ""),
    ],
)
def test_the_clear_numbers_of_a_file_say_what_stands_before_decimals(texts, sign):
    assert decimal_sign(texts) == sign


@pytest.mark.parametrize("value", [1.234, 1.5, 123.456, 0.123, 1234.567, 1e22, -9.875])
def test_a_number_we_write_has_one_meaning(value):
    assert number(written(value)) == value


def wide(columns, rows):
    """Return a file that is small, but whose rows have many columns once they are filled up."""
    heads = ["id", "value", *(format(nth, "x") for nth in range(columns))]
    return f"{','.join(heads)}\n".encode() + b"a\n" * rows


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (wide(8_000, 20_000), "line 1 has 8,002 columns; at most 256 are allowed"),
        (wide(200, 19_000), "cells with the empty ones; at most 1,000,000 are allowed"),
        (b"id,value\n" + b"1,2\n" * 20_001, "rows; at most 20,000 are allowed"),
        (b"id,value\n1," + b"x" * 10_001, "line 2 has a cell of 10,001 characters"),
        (b"id,value\ne" + "\u0301\u0316".encode() * 400_000, "30 accents on one letter"),
        ("id,value\n1,2\n\u202e01,3\n".encode(), "line 3: it contains the hidden character U+202E"),
        (b"id,value\n1,\x1b[2J\n", "line 2: it contains the hidden character U+001B"),
        (b"id,value\n" + b"x" * 2_000_000, "has 2,000,009 bytes; at most 2,000,000"),
    ],
    ids=["wide", "filled", "long", "cell", "accents", "direction", "control", "bytes"],
)  # fmt: skip
def test_a_file_beyond_a_limit_is_one_clear_line_at_once(content, told):
    begun = time.perf_counter()

    assert told in refused(content)

    assert time.perf_counter() - begun < 2


def test_a_file_at_the_limits_is_read():
    heads = ["id", "value", *map(str, range(38))]
    rows = [",".join(["1"] * len(heads))] * 20_000

    table = read_sheet("\n".join([",".join(heads), *rows]).encode(), "x.csv", ["id"])

    assert table.shape == (20_000, 41)


@pytest.mark.parametrize("text", ["-0", "-0.0", "\u22120"])
def test_zero_has_no_sign(text):
    assert str(number(text)) == "0.0"
