"""Santiago: where its raw lists put initiatives and services, and the traps they hold.

All extracts are made up; only the columns are those of the raw files.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import LineString, MultiLineString, Point

from sixes_geo.build import santiago
from sixes_geo.build.raw import RawFolder

RECIPE = Path(santiago.__file__).parent / "recipes" / "santiago.toml"

DEGREES = "EPSG:4326"


def _shapes(
    folder: Path, name: str, rows: Mapping[str, Sequence[object]], shapes: Sequence[object]
) -> None:
    """Write a made-up geographic file."""
    gpd.GeoDataFrame(rows, geometry=shapes, crs=DEGREES).to_file(folder / name, driver="GeoJSON")


def _table(folder: Path, name: str, text: str) -> None:
    """Write a made-up table, one row a line."""
    rows = "\n".join(line.strip() for line in text.strip().splitlines())
    (folder / name).write_text(rows + "\n", encoding="utf-8")


def _networks(folder: Path) -> None:
    """Write bicycles, chargers and cycleways."""
    _shapes(
        folder,
        "bici_publica_osm_2015.geojson",
        {
            "nombre_estacion": ["Uno", "Dos", None, "Cuatro"],
            "operador": ["Bikesantiago", None, "Bici Las Condes", "Otra"],
            "red": [None, "BikeSantiago", None, None],
            "capacidad": [15.0, 31.0, None, 10.0],
        },
        [Point(-70.9, -33.5), Point(-70.8, -33.5), Point(-70.4, -33.5), Point(-70.3, -33.5)],
    )
    _shapes(
        folder,
        "bici_itau_estaciones_2022.geojson",
        {"station_id": [3], "nombre_estacion": [" P01 "]},
        [Point(-70.4, -33.5)],
    )
    _shapes(
        folder,
        "bici_itau_estaciones_2026.geojson",
        {"station_id": ["3"], "nombre_estacion": ["P01"], "capacidad": [11]},
        [Point(-70.4, -33.5)],
    )
    _shapes(
        folder,
        "electrolineras_2023.geojson",
        {"direccion": ["calle 1"], "n_cargadores": [4], "potencia_total_kw": [22.0]},
        [Point(-70.4, -33.4)],
    )
    line = LineString([(-70.9, -33.5), (-70.8, -33.5)])
    _shapes(folder, "ciclovias_osm_2019.geojson", {"nombre": [None], "km": [1.5]}, [line])
    _shapes(
        folder, "ciclovias_existentes_sectra_repo2015.geojson", {"via": ["A"], "km": [2.5]}, [line]
    )
    apart = MultiLineString([[(-70.9, -33.5), (-70.8, -33.5)], [(-70.4, -33.5), (-70.1, -33.5)]])
    joined = MultiLineString([[(-70.9, -33.5), (-70.8, -33.5)], [(-70.8, -33.5), (-70.7, -33.5)]])
    _shapes(
        folder,
        "ciclovias_plan_maestro_sectra_repo2015.geojson",
        {"via": ["Con hueco", "Seguida"], "km": [8.0, 3.0]},
        [apart, joined],
    )


def _stations(folder: Path) -> None:
    """Write rail and air-quality stations."""
    places = [Point(-70.9 + step / 100, -33.5) for step in range(8)]
    _shapes(
        folder,
        "metro_tren_estaciones_2019.geojson",
        {
            "modo": ["metro"] * 6 + ["tren"] * 2,
            "linea": ["L2", "L6", "L5", "L3", "L6", "L4A", "MT", "MT"],
            "estacion": [
                "Cruce_L2",
                "Cruce_L6",
                "Irarrazaval",
                "Irarrázaval",
                "Doble Nombre",
                "Sur_L4A",
                "Doble Nombre",
                "Nos",
            ],
        },
        places,
    )
    _shapes(
        folder,
        "metro_estaciones_osm.geojson",
        {"estacion": ["Cruce", "Nueva"], "extension_2023": [0, 1]},
        places[:2],
    )
    _shapes(
        folder,
        "sinca_calidad_aire_estaciones.geojson",
        {"station_name": ["Norte (Acreditada)"]},
        places[:1],
    )


def _services(folder: Path) -> None:
    """Write named initiatives, bus stops, schools and health units."""
    _table(
        folder,
        "iniciativas_smart_city_nombradas.csv",
        """id,nombre,cut,lat,lon,precision,anio
        smartcity_santiago,Smartcity (prototype),00101,-33.4,-70.6,approx,2013-
        uoct_centro,Centre (Region),00102,,,comuna_only,1990-
        se_santiago,Programa,,,,metropolitan,2016-
        bikesantiago_vitacura,Fase,00102,-33.4,-70.4,comuna_only,2013-10""",
    )
    _table(
        folder,
        "paraderos_bus_2017.csv",
        "codigo,nombre,n_servicios,lat,lon,cut\nPA1,Esquina,18,-33.5,-70.9,00101",
    )
    _table(
        folder,
        "establecimientos_educacionales_2025.csv",
        """rbd,nombre,dependencia,lat,lon,cut
        1,A,municipal,-33.5,-70.9,00101
        2,B,slep,-33.5,-70.9,00101
        3,C,particular_pagado,-33.5,-70.4,00102
        4,D,particular_subvencionado,-33.5,-70.4,00102
        5,E,administracion_delegada,-33.5,-70.4,00102""",
    )
    _table(
        folder,
        "salud_publica_2026.csv",
        "codigo,nombre,tipo,lat,lon,cut\n1,Posta,CESFAM,-33.5,-70.9,00101",
    )


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> RawFolder:
    folder = tmp_path_factory.mktemp("santiago")
    for write in (_networks, _stations, _services):
        write(folder)
    return RawFolder(folder, tuple(sorted(path.name for path in folder.iterdir())))


@pytest.fixture(scope="module")
def sites(raw: RawFolder) -> gpd.GeoDataFrame:
    return santiago.sites(raw)


def _of(sites: gpd.GeoDataFrame, initiative: str, year: int) -> gpd.GeoDataFrame:
    """Return one initiative's sites of one year."""
    return sites[(sites["initiative"] == initiative) & (sites["year"] == year)]


def test_stations_of_2015_belong_to_their_operator_or_network(sites: gpd.GeoDataFrame) -> None:
    first = _of(sites, "bikesantiago", 2015)

    assert list(first["name"]) == ["Uno", "Dos"]
    assert list(first["capacity"]) == [15.0, 31.0]
    assert list(_of(sites, "bici-las-condes", 2015)["name"]) == [""]
    assert _of(sites, "bici-las-condes", 2015)["capacity"].isna().all()
    assert list(_of(sites, "bike-share-unattributed", 2015)["name"]) == ["Cuatro"]


def test_docks_are_known_in_2026_only(sites: gpd.GeoDataFrame) -> None:
    assert _of(sites, "bike-itau", 2022)["capacity"].isna().all()
    assert list(_of(sites, "bike-itau", 2022)["name"]) == ["P01"]
    assert list(_of(sites, "bike-itau", 2026)["capacity"]) == [11.0]


def test_a_charging_site_counts_its_chargers_not_its_power(sites: gpd.GeoDataFrame) -> None:
    assert list(_of(sites, "ev-chargers", 2023)["capacity"]) == [4.0]


def test_parts_of_a_cycleway_share_its_kilometres(sites: gpd.GeoDataFrame) -> None:
    plan = _of(sites, "cycleways-plan", 2015)
    gap = plan[plan["name"] == "Con hueco"]
    whole = plan[plan["name"] == "Seguida"]

    assert set(plan.geom_type) == {"LineString"}
    assert list(gap["capacity"]) == pytest.approx([2.0, 6.0], abs=0.01)
    assert list(whole["capacity"]) == pytest.approx([3.0])
    assert plan["capacity"].sum() == pytest.approx(11.0)


def test_cycleways_of_two_sources_are_told_apart_by_year(sites: gpd.GeoDataFrame) -> None:
    assert list(_of(sites, "cycleways", 2019)["capacity"]) == pytest.approx([1.5])
    assert list(_of(sites, "cycleways", 2015)["capacity"]) == pytest.approx([2.5])


def test_an_interchange_of_2019_counts_once(sites: gpd.GeoDataFrame) -> None:
    metro = _of(sites, "metro", 2019)

    assert list(metro["name"]) == ["Cruce", "Irarrazaval", "Doble Nombre", "Sur"]
    assert metro.geometry.iloc[0] == Point(-70.9, -33.5)


def test_a_train_station_is_not_the_metro_station_of_its_name(sites: gpd.GeoDataFrame) -> None:
    assert list(_of(sites, "metrotren-nos", 2019)["name"]) == ["Doble Nombre", "Nos"]


def test_metro_of_2023_has_the_extensions(sites: gpd.GeoDataFrame) -> None:
    assert list(_of(sites, "metro", 2023)["name"]) == ["Cruce", "Nueva"]


def test_named_initiatives_say_how_little_is_known_of_where(sites: gpd.GeoDataFrame) -> None:
    prototype = _of(sites, "smartcity-santiago", 2013).squeeze()
    centre = _of(sites, "uoct", 1990).squeeze()

    assert prototype["name"] == "Smartcity Santiago"
    assert prototype["precision_m"] == 800
    assert prototype.geometry == Point(-70.6, -33.4)
    assert centre.geometry is None


def test_programmes_without_a_place_have_no_site(sites: gpd.GeoDataFrame) -> None:
    assert "se-santiago" not in set(sites["initiative"])
    assert not sites["initiative"].str.contains("vitacura").any()


def test_schools_are_told_apart_by_who_runs_them(sites: gpd.GeoDataFrame) -> None:
    assert sorted(_of(sites, "public-schools", 2025)["name"]) == ["A", "B"]
    assert sorted(_of(sites, "subsidised-schools", 2025)["name"]) == ["D", "E"]
    assert sorted(_of(sites, "fee-paying-schools", 2025)["name"]) == ["C"]


def test_bus_stops_bear_their_code_and_count_services(sites: gpd.GeoDataFrame) -> None:
    stop = _of(sites, "bus-stops", 2017).squeeze()

    assert (stop["name"], stop["capacity"]) == ("PA1", 18.0)
    assert stop.geometry == Point(-70.9, -33.5)


def test_every_site_has_an_initiative_a_year_and_a_precision(sites: gpd.GeoDataFrame) -> None:
    assert sites[["initiative", "year", "name", "precision_m"]].notna().all(axis=None)
    assert sites.crs == DEGREES
    assert sites["year"].dtype.kind == "i"
    assert sites["precision_m"].dtype.kind == "i"


def test_every_site_is_of_a_listed_initiative_and_no_declared_list_is_left_out(
    raw: RawFolder, sites: gpd.GeoDataFrame
) -> None:
    recipe = tomllib.loads(RECIPE.read_text(encoding="utf-8"))
    listed = {entry["id"] for entry in recipe["initiatives"]}
    layers = {path for layer in recipe["layers"] for path in layer["raw"]}

    assert set(sites["initiative"]) <= listed
    assert raw.used == layers
