"""Folders of cities that others made: read by declared kind, up to limits, or refused in a line."""

import io
import json
import os
import re
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import toy
from hypothesis import HealthCheck, given, settings
from mutated import bytes_changed, changed, corpus, json_changed, refusal

from sixes_geo.base import limits
from sixes_geo.base.errors import DataError, ManifestError, SixesGeoError
from sixes_geo.city import contents, people_points, shapes, tables
from sixes_geo.city.catalog import read_city
from sixes_geo.city.folders import MANIFEST
from sixes_geo.city.investment import read_investment
from sixes_geo.city.listing import LISTING, listed

VRT = """<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>PATH</SrcDataSource>
</OGRVRTLayer></OGRVRTDataSource>"""
WFS = "<OGRWFSDataSource><URL>http://127.0.0.1:9/wfs</URL></OGRWFSDataSource>"
LINK = {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs", "type": "ogcwkt"}}
POINT = {"type": "Point", "coordinates": [0, 0]}
SQUARE = [[[0, 0], [1, 0], [1, 1], [0, 0]]]


def feature(geometry=None, **properties):
    geometry = geometry or {"type": "Polygon", "coordinates": SQUARE}
    return {
        "type": "Feature",
        "properties": {"id": "01", "name": "a"} | properties,
        "geometry": geometry,
    }


def collection(*listed, **more):
    return {"type": "FeatureCollection", "features": [*listed]} | more


TWO = json.dumps(collection(feature(), feature(POINT, id="02"))).encode()


def placed(folder, name, content):
    """Put content into a file of a city, and describe it in the manifest."""
    (folder / name).write_bytes(content)
    toy.refresh_manifest(folder)
    return read_city("toy", folder.parent)


def read_all(city):
    """Read every file of a city as pages do."""
    for unit in city.units:
        tables.read_units(city, unit)
    tables.read_sites(city)
    tables.read_context(city)
    for context in city.context:
        tables.read_outlines(city, context.context)
    tables.read_people(city)
    tables.read_initiatives(city)
    tables.read_tags(city)
    for indicator in city.indicators:
        for unit, years in indicator.years.items():
            for year in years:
                if unit in {one.unit for one in city.units}:
                    tables.figures(city, city.unit_named(unit), indicator.indicator, year)
    if tables.has(city, "investment"):
        read_investment(city, city.units[0], 2024)


@pytest.fixture
def no_host(monkeypatch):
    """Fail if anything asks another host, or the library for shapes is given anything."""

    def fail(*_, **__):
        pytest.fail("the library was asked")

    monkeypatch.setattr(shapes.pyogrio, "read_dataframe", fail)


@pytest.mark.usefixtures("no_host")
@pytest.mark.parametrize(
    "content",
    [
        VRT,
        WFS,
        "  " + VRT,
        json.dumps(collection(feature(), crs=LINK)),
        json.dumps(collection(feature(), crs={"type": "name", "properties": {"name": "/etc/x"}})),
        json.dumps(collection(feature(), crs={"type": "EPSG", "properties": {"code": 32719}})),
        json.dumps(collection(feature(), coordRefSys="http://127.0.0.1:9/crs")),
        json.dumps(collection(feature() | {"crs": LINK})),
        json.dumps(collection(feature(POINT | {"crs": LINK}))),
        json.dumps({"type": "Topology", "objects": {}, "arcs": []}),
        json.dumps(feature()),
        json.dumps({"type": "FeatureCollection", "links": [{"href": "http://127.0.0.1:9"}]}),
        "http://127.0.0.1:9/x.geojson",
        "GEOJSON:http://127.0.0.1:9/x",
        "/vsicurl/http://127.0.0.1:9/x.geojson",
        "[" * 100_000,
        "",
    ],
)  # fmt: skip
def test_only_plain_geojson_reaches_the_library_for_shapes(in_own, content):
    content = content.replace("PATH", str(in_own / "zones.geojson"))
    city = placed(in_own, "districts.geojson", content.encode())

    with pytest.raises(DataError, match=r"toy/districts\.geojson: it (is no plain|cannot be)"):
        tables.read_units(city, city.units[0])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (collection(feature(x=1e308)), r"properties\.x"),
        (collection(feature(x=10**40)), r"properties\.x"),
        (collection(feature(x=[1])), r"properties\.x"),
        (collection(feature(name="a\u202eb")), r"U\+202E"),
        (collection(feature(**{f"x{nth}": 1 for nth in range(300)})), "columns"),
        (collection(feature({"type": "GeometryCollection", "geometries": []})), "geometry"),
        (collection(feature({"type": "Point", "coordinates": [200, 0]})), "coordinates"),
        (collection(feature({"type": "Point", "coordinates": [1e308, 0]})), "coordinates"),
        (collection(feature({"type": "Point", "coordinates": ["a", 0]})), "coordinates"),
        (collection(feature({"type": "Point", "coordinates": []})), "coordinates"),
        (collection(feature({"type": "Polygon", "coordinates": [[0, 0]]})), "coordinates"),
        (collection(feature({"type": "Polygon", "coordinates": [SQUARE[0][:3]]})), "coordinates"),
        (collection(feature({"type": "Polygon", "coordinates": [SQUARE[0] + [[2, 2]]]})), "coord"),
        (collection(feature(), feature()), "lists 01 twice"),
        (collection(feature(POINT) | {"properties": None}), "lacks"),
        (collection(), "columns id, name"),
    ],
)  # fmt: skip
def test_shapes_that_are_no_shapes_on_earth_are_refused_with_their_place(in_own, content, told):
    city = placed(in_own, "districts.geojson", json.dumps(content).encode())

    with pytest.raises(DataError, match=told):
        tables.read_units(city, city.units[0])


def test_a_file_may_name_the_projection_it_has_anyway(in_own):
    content = json.loads((in_own / "districts.geojson").read_bytes()) | {"crs": shapes.DEGREES}
    city = placed(in_own, "districts.geojson", json.dumps(content).encode())

    assert len(tables.read_units(city, city.units[0])) == 4
    assert tables.read_units(city, city.units[0]).crs == tables.GEOGRAPHIC


def test_corners_and_features_are_counted_before_they_are_parsed(monkeypatch, tmp_path):
    begun = time.perf_counter()

    many = b'{"type":"FeatureCollection","features":' + b"[" * (limits.VERTICES + 1)
    assert "corners" in str(refusal(lambda: shapes.features(tmp_path / "x", many)))
    objects = b'{"type":"FeatureCollection","features":[],"bbox":[' + b"{}," * 5_000_000
    assert "features" in str(refusal(lambda: shapes.features(tmp_path / "x", objects)))
    monkeypatch.setattr(limits, "FEATURES", 3)
    four = json.dumps(collection(*[feature()] * 4)).encode()
    assert "4 features; at most 3" in str(refusal(lambda: shapes.features(tmp_path / "x", four)))

    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    "name", ["districts.geojson", "indicators.csv", "people.parquet", MANIFEST]
)
def test_a_link_out_of_the_folder_is_not_followed(in_own, tmp_path, name):
    elsewhere = (in_own / name).rename(tmp_path / "elsewhere")
    (in_own / name).symlink_to(elsewhere)

    with pytest.raises((DataError, ManifestError), match=f"toy/{name} leads out of the folder"):
        read_all(read_city("toy", in_own.parent))


@pytest.mark.parametrize("name", ["districts.geojson", "people.parquet", MANIFEST])
def test_a_pipe_is_not_waited_for(in_own, name):
    (in_own / name).unlink()
    os.mkfifo(in_own / name)

    with pytest.raises((DataError, ManifestError)):
        read_all(read_city("toy", in_own.parent))


def test_a_device_is_not_read():
    with pytest.raises(DataError, match="a device or a pipe"):
        contents.bytes_of(Path("/dev/zero"))


def test_a_file_that_was_exchanged_after_it_was_checked_is_refused(in_own):
    city = read_city("toy", in_own.parent)
    path, sha256 = tables.verified(city, "districts")
    path.write_bytes(b"{}")

    with pytest.raises(DataError, match="is not the file its manifest describes"):
        contents.bytes_of(path, sha256)


def test_a_file_too_large_is_not_read_whole(in_own):
    with (in_own / "districts.geojson").open("wb") as file:
        file.truncate(limits.CITY_FILE_BYTES * 10)
    with (in_own / MANIFEST).open("ab") as file:
        file.write(b" " * limits.MANIFEST_BYTES)

    with pytest.raises(DataError, match="has 160,000,000 bytes; at most 16,000,000"):
        contents.bytes_of(in_own / "districts.geojson")
    with pytest.raises(ManifestError, match="at most 2000000"):
        read_city("toy", in_own.parent)


def csv(*lines):
    return "\n".join(lines).encode()


HEAD = "unit,id,indicator,year,value,lower,upper"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (csv(HEAD, "district,01,income,2024,1e308,,"), "value is “1e.308”"),
        (csv(HEAD, "district,01,income,2024,5e-324,,"), "value is “5e-324”"),
        (csv(HEAD, "district,01,income,2024,many,,"), "value is “many”"),
        (csv(HEAD, "district,01,income,2024,inf,,"), "value is “inf”"),
        (csv(HEAD, "district,01,income,soon,1,,"), "year is “soon”"),
        (csv(HEAD, "district,01,income\u202e,2024,1,,"), r"U\+202E"),
        (csv(HEAD, "district,01,income,2024,1,,,,,"), "no table"),
        (csv(HEAD, '"' + "x" * 200_000), "cannot be read as a table"),
        (csv(HEAD + ",x" * 8_000, *["a"] * 20_000), "8,007 columns; at most 256"),
        (csv(HEAD, "," * 8_000, *["a"] * 20_000), "8,001 columns; at most 256"),
        (csv(HEAD, '"\n",' * 8_000, *["a"] * 20_000), "columns; at most 256"),
        (csv(HEAD, *["a"] * 1_100_000), "rows; at most 500,000"),
        (csv(HEAD + ",x" * 200, *["a"] * 100_000), "cells with the empty ones"),
        (b"\x00" * 100, "no table"),
        (b"\xff\xfe", "no table"),
        (b"", "no table"),
    ],
)  # fmt: skip
def test_a_table_beyond_a_limit_or_with_what_is_no_number_is_refused(in_own, content, told):
    city = placed(in_own, "indicators.csv", content)
    begun = time.perf_counter()

    with pytest.raises(DataError, match=told):
        tables.figures(city, city.units[0], "income", 2024)

    assert time.perf_counter() - begun < 4


def parquet(**changes):
    """Return the people points of the toy city, with other columns."""
    made = io.BytesIO()
    table = pa.Table.from_pandas(toy.people().assign(**changes), preserve_index=False)
    pq.write_table(table, made, compression="zstd")
    return made.getvalue()


def test_people_points_that_would_swell_are_refused_before_they_do(tmp_path):
    long = pd.DataFrame({"id": ["x" * 1_000] * 400_000})
    made = io.BytesIO()
    columns = dict.fromkeys(people_points.TEXTS, long["id"])
    table = long.assign(**columns, lon=0.0, lat=0.0, people=1)
    pq.write_table(pa.Table.from_pandas(table, preserve_index=False), made, compression="zstd")
    content = made.getvalue()
    begun = time.perf_counter()

    assert len(content) < 200_000
    assert "no table" in str(refusal(lambda: people_points.people_points(tmp_path / "x", content)))

    many = pd.DataFrame({"id": ["x"]}).loc[[0] * (limits.PEOPLE_ROWS + 1)]
    made = io.BytesIO()
    columns = dict.fromkeys(people_points.TEXTS, many["id"])
    table = many.assign(**columns, lon=0.0, lat=0.0, people=1)
    pq.write_table(pa.Table.from_pandas(table, preserve_index=False), made)
    told = str(refusal(lambda: people_points.people_points(tmp_path / "x", made.getvalue())))
    assert "500,001 rows; at most 500,000" in told
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (parquet(people=1e308), "people is “1e.308”"),
        (parquet(lon=np.inf), "lon is “inf”"),
        (parquet(people="many"), "no table"),
        (parquet(id=1), "no table"),
        (b"PAR1" + b"\0" * 40 + b"PAR1", "no table"),
        (b"", "no table"),
    ],
)
def test_people_points_of_other_kinds_are_refused(in_own, content, told):
    city = placed(in_own, "people.parquet", content)

    with pytest.raises(DataError, match=told):
        tables.read_people(city)


def test_the_listing_reads_no_file_elsewhere(in_own):
    outside = in_own.parent / "outside"
    outside.write_text("secret")
    for name in ("../outside", str(outside), "."):
        entry = {"toy": {"files": {name: "0" * 64}, "record": {}}}
        (in_own.parent / LISTING).write_text(json.dumps(entry))
        assert listed(in_own.parent, "toy") is None
    (in_own.parent / LISTING).write_text("[" * 100_000)
    assert listed(in_own.parent, "toy") is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda m: m.update(resources=m["resources"] * 60), "maxItems: 100"),
        (lambda m: m["sixes:indicators"][1]["years"].update(district=[10**17]), "maximum"),
        (lambda m: m["sixes:indicators"][1]["years"].update(district=[10**30]), "31 digits"),
        (lambda m: m.update(x=1e308 * 10), "Infinity"),
        (lambda m: m["sixes:city"]["name"].update(en="a\u202eb"), r"U\+202E"),
        (lambda m: m.update(x=json.loads("[" * 60 + "]" * 60)), "levels"),
        (lambda m: m["sixes:city"].update(crs="EPSG:" + "9" * 5_000), "not a known projection"),
        (lambda m: m.update(resources=[1] * 500_000), "1 is not of type"),
    ],
)  # fmt: skip
def test_a_manifest_beyond_a_limit_is_one_line(in_own, change, told):
    toy.change_manifest(in_own, change)
    begun = time.perf_counter()

    error = refusal(lambda: read_city("toy", in_own.parent))

    assert error is not None
    assert re.search(told, str(error))
    assert time.perf_counter() - begun < 4


def test_two_thousand_changed_manifests_are_cities_or_refused(in_own):
    whole = (in_own / MANIFEST).read_bytes()
    refused = 0
    for nth, content in enumerate(corpus([whole], 2_000, json_changed)):
        path = in_own / MANIFEST
        path.write_bytes(content)
        os.utime(path, ns=(nth, nth))

        read = read_all if nth % 4 == 0 else repr
        refused += refusal(lambda read=read: read(read_city("toy", in_own.parent))) is not None

    assert 200 < refused < 2_000


@pytest.mark.parametrize(
    "name",
    ["districts.geojson", "zones.geojson", "sites.geojson", "context.geojson", "indicators.csv",
     "initiatives.csv", "investment.csv", "tags.csv", "people.parquet"],
)  # fmt: skip
def test_changed_files_of_a_city_are_read_or_refused(in_own, name):
    whole = (in_own / name).read_bytes()
    changes = [bytes_changed, json_changed] if name.endswith("geojson") else [bytes_changed]
    for content in corpus([whole], 60, *changes):
        with suppress(SixesGeoError):
            read_all(placed(in_own, name, content))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    changed(
        [json.dumps(collection(feature(), feature(id="02"))).encode()], bytes_changed, json_changed
    )
)
def test_a_changed_file_of_shapes_is_read_or_refused(tmp_path, content):
    refusal(lambda: shapes.features(tmp_path / "x.geojson", content))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(changed([csv(HEAD, "district,01,income,2024,1.5,,", 'zone,"02",b,2020,3,1,4')]))
def test_a_changed_table_is_read_or_refused(tmp_path, content):
    refusal(lambda: contents.csv_table(tmp_path / "x.csv", content, {"id": "str"}))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(changed([parquet()]))
def test_changed_people_points_are_read_or_refused(tmp_path, content):
    refusal(lambda: people_points.people_points(tmp_path / "x.parquet", content))
