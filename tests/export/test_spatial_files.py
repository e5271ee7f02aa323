"""Spatial files and tables of a snapshot hold what was measured, and nothing that runs."""

import io
import json
from dataclasses import replace

import pandas as pd
import pyogrio
import pytest

from sixes_geo.export import bundle, spatial

HELD = ["sites", "amount", "share_sites", "share_amount"]


@pytest.mark.parametrize("column", ["id", "initiative", "name", "unit"])
def test_no_text_of_a_site_is_left_for_a_spreadsheet_to_run(toy_snapshot, column):
    found = toy_snapshot()
    sites = found.provision.sites.copy()
    sites[column] = sites[column].astype("object")
    sites.iloc[0, sites.columns.get_loc(column)] = " ＝1+1"
    snapshot = replace(found, provision=replace(found.provision, sites=sites))

    table = pd.read_csv(io.BytesIO(spatial.sites_csv(snapshot)), dtype="str")

    assert table[column].iloc[0] == "' ＝1+1"


@pytest.mark.parametrize(
    ("layer", "weight", "sites", "amount", "amount_unit"),
    [
        ("docks", "capacity", [1, 1, 0, 2], [10, 20, 0, 30], "docks"),
        ("docks", "sites", [1, 1, 0, 2], [1, 1, 0, 2], "sites"),
        ("budget-2024", "amount", [None] * 4, None, "CLP"),
    ],
)
def test_every_file_counts_sites_and_weighs_amounts_apart(
    toy_snapshot, tmp_path, layer, weight, sites, amount, amount_unit
):
    snapshot = toy_snapshot(layer, weight=weight)
    amount = amount or snapshot.provision.amounts.tolist()
    path = tmp_path / "data.gpkg"
    path.write_bytes(bundle.export_file(snapshot, "gpkg"))
    features = json.loads(spatial.geojson(snapshot))["features"]

    tables = {
        "csv": pd.read_csv(io.BytesIO(spatial.csv(snapshot))),
        "geojson": pd.DataFrame([one["properties"] for one in features]),
        "gpkg": pyogrio.read_dataframe(path, layer="units", read_geometry=False),
    }

    for name, table in tables.items():
        held = table.reindex(columns=HELD).astype("float64")  # GeoJSON leaves out what is missing
        assert held["sites"].tolist() == pytest.approx(plain(sites), nan_ok=True), name
        assert held["amount"].tolist() == pytest.approx(amount, nan_ok=True), name
        assert set(table["amount_unit"]) == {amount_unit}, name
        assert held["share_amount"].sum() == pytest.approx(1), name
        assert held["share_sites"].sum() == pytest.approx(float(weight != "amount")), name
    quintiles = pyogrio.read_dataframe(path, layer="quintiles")
    assert set(quintiles["amount_unit"]) == {amount_unit}
    assert quintiles["sites"].astype("float64").sum() == sum(one or 0 for one in sites)
    assert quintiles["share_amount"].sum() == pytest.approx(1)


def plain(values):
    """Return values as numbers, missing where there is none."""
    return [float("nan") if one is None else one for one in values]
