"""Spatial files and tables of a snapshot hold what was measured, and nothing that runs."""

import io
from dataclasses import replace

import pandas as pd
import pytest

from sixes_geo.export import spatial


@pytest.mark.parametrize("column", ["id", "initiative", "name", "unit"])
def test_no_text_of_a_site_is_left_for_a_spreadsheet_to_run(toy_snapshot, column):
    found = toy_snapshot()
    sites = found.provision.sites.copy()
    sites[column] = sites[column].astype("object")
    sites.iloc[0, sites.columns.get_loc(column)] = " ＝1+1"
    snapshot = replace(found, provision=replace(found.provision, sites=sites))

    table = pd.read_csv(io.BytesIO(spatial.sites_csv(snapshot)), dtype="str")

    assert table[column].iloc[0] == "' ＝1+1"
