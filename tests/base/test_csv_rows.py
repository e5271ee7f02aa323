"""Tables from outside: held against their limits before they are built."""

import time
import tracemalloc
from contextlib import suppress

import pytest

from sixes_geo.base.csv_rows import TableError, refuse_endless, rows_of
from sixes_geo.base.limits import SHEET, TableLimits

FEW = TableLimits(rows=3, columns=4, cells=9, characters=5)


def refusal(text, allowed=FEW):
    with pytest.raises(TableError) as refused:
        read(text, allowed)
    return str(refused.value.problem)


def read(text, allowed, **options):
    refuse_endless(text, allowed)
    return list(rows_of(text, allowed, **options))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,b\n" * 5, "it has > 3 rows; at most 3"),
        ("\n" * 7, "it has 8 rows"),
        ("a,b\n1,2,3,4,5\n", "line 2 has 5 columns; at most 4"),
        ('a,b\n"\n",,,,\n', "line 2 has 5 columns"),
        ("a,b\n1,123456\n", "line 2 has a cell of 6 characters; at most 5"),
        ("a\n1,,,\n1\n1\n", "its table would have 12 cells with the empty ones; at most 9"),
        ("a,b\n1," + "x" * 140_000, "line 2"),
        ("a,b\ne" + "\u0301" * 40, "more than 30 accents on one letter"),
    ],
)
def test_a_table_beyond_a_limit_is_refused_with_what_it_has_and_what_is_allowed(text, told):
    assert told in refusal(text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_come_with_the_line_where_they_begin(end):
    text = end.join(["", "a;b", '"x', 'y";2', " ", "3;4"])

    rows = read(text, FEW)

    assert [line for line, _ in rows] == [2, 3, 6]
    assert rows[1][1] == ["x\ny", "2"]


@pytest.mark.parametrize(
    "text",
    [
        "id,value," + ",".join(format(nth, "x") for nth in range(8_000)) + "\n" + "a\n" * 20_000,
        "id,value\n" + "," * 1_500_000 + "\n",
        "id,value\n" + ",,,\n" * 400_000,
        '"' + "\n" * 1_500_000,
        "\n" * 1_900_000,
        '"\n",' * 300_000,
        "e" + "\u0301\u0316" * 200_000,
    ],
    ids=["wide", "one row", "empty rows", "one cell", "blank lines", "one quoted row", "accents"],
)
def test_no_table_of_two_megabytes_takes_long_or_much_memory(text):
    tracemalloc.start()
    begun = time.perf_counter()
    with suppress(TableError):
        read(text, SHEET)
    seconds, (_, peak) = time.perf_counter() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert seconds < 10  # tracing is slow, and so are machines that build
    assert peak < 100e6
