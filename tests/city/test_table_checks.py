"""Tables of a city that somebody else made, right in their checksums and wrong in themselves."""

import csv

import pandas as pd
import pytest
import toy

from sixes_geo.base.errors import DataError, ManifestError
from sixes_geo.city.tables import figures, read_initiatives
from sixes_geo.contributions.cities import open_city


def rewritten(path, change):
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    change(table).to_csv(path, index=False, quoting=csv.QUOTE_MINIMAL)


def test_a_table_without_its_columns_is_refused_with_all_that_are_missing(own_root):
    path = own_root / "toy" / "indicators.csv"
    rewritten(path, lambda table: table.drop(columns=["year", "value"]))
    toy.refresh_manifest(own_root / "toy")
    city = open_city("toy", own_root)

    with pytest.raises(DataError) as caught:
        figures(city, city.units[0], "income", 2020)

    assert "year, value" in str(caught.value)
    assert "indicators.csv" in str(caught.value)


def test_rows_that_occur_twice_are_refused(own_root):
    path = own_root / "toy" / "indicators.csv"
    rewritten(path, lambda table: pd.concat([table, table.head(2)]))
    toy.refresh_manifest(own_root / "toy")
    city = open_city("toy", own_root)

    with pytest.raises(DataError, match="duplicate rows: 2"):
        figures(city, city.units[0], "income", 2020)


def test_limits_of_a_figure_may_be_left_out(own_root):
    path = own_root / "toy" / "indicators.csv"
    rewritten(path, lambda table: table.drop(columns=["lower", "upper"]))
    toy.refresh_manifest(own_root / "toy")
    city = open_city("toy", own_root)

    assert figures(city, city.units[0], "income", 2020)["lower"].isna().all()


def test_every_wrong_cell_of_the_initiatives_is_named_with_its_line(own_root):
    path = own_root / "toy" / "initiatives.csv"

    def spoil(table):
        table.loc[0, "approach"] = "weird"
        table.loc[1, "start_year"] = "2015-16"
        return table

    rewritten(path, spoil)
    toy.refresh_manifest(own_root / "toy")

    with pytest.raises(DataError) as caught:
        read_initiatives(open_city("toy", own_root))

    assert [problem.fields["line"] for problem in caught.value.problems] == [2, 3]
    assert "weird" in str(caught.value)
    assert "2015-16" in str(caught.value)


def test_words_with_a_place_that_nobody_fills_are_refused(own_root):
    def spoil(manifest):
        manifest["sixes:units"][0]["the_k"]["es"] = "las {k} {oops}"

    toy.change_manifest(own_root / "toy", spoil)

    with pytest.raises(ManifestError, match="oops"):
        open_city("toy", own_root)
