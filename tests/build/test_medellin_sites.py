"""Medellín's places are counted once each and say how exact they are; all rows made up."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import geopandas as gpd
import pytest
from shapely.geometry import Point, mapping

from sixes_geo.build import medellin
from sixes_geo.build.raw import RawFolder

STEP = 0.0001
"""About eleven metres."""

Place = Callable[[str, Sequence[Mapping[str, Any]]], RawFolder]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Return a function that writes one raw layer and opens the folder with all so far."""
    folder = tmp_path_factory.mktemp("medellin")

    def put(name: str, rows: Sequence[Mapping[str, Any]]) -> RawFolder:
        features = [
            {
                "type": "Feature",
                "properties": {key: value for key, value in row.items() if key != "shape"},
                "geometry": mapping(row["shape"]),
            }
            for row in rows
        ]
        layer = {"type": "FeatureCollection", "features": features}
        (folder / name).write_text(json.dumps(layer), encoding="utf-8")
        return RawFolder(folder, tuple(sorted(file.name for file in folder.iterdir())))

    return put


def _point(east: float = 0) -> Point:
    """Return a point some steps east of the corner of the toy city."""
    return Point(-75.6 + east * STEP, 6.2)


@pytest.fixture(scope="module")
def sites(place: Place) -> gpd.GeoDataFrame:
    """Return the sites of a toy city that holds every trap of the sources."""
    _put_bicycles(place)
    _put_chargers_and_libraries(place)
    place(
        "siata_estaciones_pm25.geojson",
        [
            {"nombre": "Escuela", "activa": True, "shape": _point()},
            {"nombre": "Molino", "activa": False, "shape": _point(5)},
        ],
    )
    _put_cameras_and_schools(place)
    return medellin.sites(_put_stations(place))


def _put_bicycles(place: Place) -> None:
    """Write stations with a repeated row, a shared point, a namesake afar and a device."""
    stations = [
        ("Ruta N", _point()),
        ("Parque", _point(10)),
        ("Parque", _point(12)),
        ("Puente", _point(20)),
        ("Puente", _point(220)),
        ("Plaza I", _point(30)),
        ("Plaza II", _point(30)),
        ("Dispositivo para personas con movilidad reducida", _point(40)),
    ]
    rows = [{"nombre": name, "shape": shape} for name, shape in stations]
    place("encicla_estaciones_2026.geojson", rows)
    old = [{"nombre": "Parque", "capacidad_bicis": 24.0, "shape": _point(10)}]
    place("encicla_estaciones_2020.geojson", old)


def _put_chargers_and_libraries(place: Place) -> None:
    """Write a charger of each list and a library of each kind."""
    place(
        "electrolineras_2026.geojson",
        [
            {"nombre": "Plaza", "operador": "EPM", "lista": "EPM (oficial)", "shape": _point()},
            {"nombre": "Tienda", "operador": "EPM", "lista": "compilada", "shape": _point(1)},
        ],
    )
    place(
        "bibliotecas_red_2018.geojson",
        [
            {"nombre": "El Parque", "tipo": "Parque Biblioteca", "shape": _point()},
            {"nombre": "La Esquina", "tipo": "Biblioteca de proximidad", "shape": _point(1)},
        ],
    )


def _put_cameras_and_schools(place: Place) -> None:
    """Write a traffic camera, a public school and a private one."""
    camera = {"sitio": "Av. 80", "codigo": "ARS_1", "shape": _point()}
    folder = place("camaras_ars_simm.geojson", [camera]).folder
    rows = [
        f"{name},{sector},{_point(step).x},6.2"
        for step, (name, sector) in enumerate([("Escuela", "oficial"), ("Liceo", "no_oficial")])
    ]
    text = "\n".join(["sede_educativa,sector,lon,lat", *rows, ""])
    (folder / "sedes_educativas_2024.csv").write_text(text, encoding="utf-8")


def _put_stations(place: Place) -> RawFolder:
    """Write an interchange of two cables and a metro, and a stop shared by two lines."""
    rows = [
        ("4", "metro", "A", _point()),
        ("4", "metrocable", "K", _point(0)),
        ("4", "metrocable", "P", _point(8)),
        ("9", "tranvia", "T", _point(50)),
        ("54", "metroplus_bus", "1", _point(70)),
        ("654", "metroplus_bus", "2", Point(_point(70).x + 1e-6, _point(70).y)),
        ("54", "metroplus_bus", "1", _point(71)),
    ]
    return place(
        "metro_estaciones_paradas.geojson",
        [
            {"cod_estacion": code, "nombre": f"E{code}", "modo": mode, "linea": line, "shape": at}
            for code, mode, line, at in rows
        ],
    )


def _of(sites: gpd.GeoDataFrame, initiative: str, year: int) -> gpd.GeoDataFrame:
    """Return the sites of one initiative and year."""
    return sites[(sites["initiative"] == initiative) & (sites["year"] == year)]


def test_a_station_written_twice_side_by_side_counts_once(sites: gpd.GeoDataFrame) -> None:
    names = list(_of(sites, "encicla", 2026)["name"])

    assert names.count("Parque") == 1


def test_namesakes_far_apart_and_modules_on_one_point_stay(sites: gpd.GeoDataFrame) -> None:
    names = list(_of(sites, "encicla", 2026)["name"])

    assert names.count("Puente") == 2
    assert {"Plaza I", "Plaza II"} <= set(names)


def test_a_device_is_no_station(sites: gpd.GeoDataFrame) -> None:
    assert not sites["name"].str.startswith("Dispositivo").any()


def test_only_the_stations_of_2020_have_docks(sites: gpd.GeoDataFrame) -> None:
    with_docks = sites[sites["capacity"].notna()]

    assert with_docks[["initiative", "year", "capacity"]].to_numpy().tolist() == [
        ["encicla", 2020, 24.0]
    ]


def test_chargers_are_parted_by_list_not_by_operator(sites: gpd.GeoDataFrame) -> None:
    assert list(_of(sites, "ev-chargers-epm", 2026)["name"]) == ["Plaza"]
    assert list(_of(sites, "ev-chargers-other", 2026)["name"]) == ["Tienda"]


def test_library_parks_are_told_from_other_libraries(sites: gpd.GeoDataFrame) -> None:
    assert list(_of(sites, "library-parks", 2018)["name"]) == ["El Parque"]
    assert list(_of(sites, "public-libraries", 2018)["name"]) == ["La Esquina"]


def test_an_interchange_counts_once_per_mode_at_the_centre_of_its_points(
    sites: gpd.GeoDataFrame,
) -> None:
    cable = _of(sites, "metrocable", 2026)

    assert len(cable) == 1
    assert cable.geometry.iloc[0].distance(_point(4)) < STEP / 10
    assert list(cable["precision_m"]) == [70]
    assert len(_of(sites, "metro", 2026)) == 1
    assert len(_of(sites, "ayacucho-tram", 2026)) == 1


def test_a_stop_of_two_lines_counts_once_and_its_other_side_again(
    sites: gpd.GeoDataFrame,
) -> None:
    assert len(_of(sites, "metroplus", 2026)) == 2


def test_air_stations_that_are_off_are_left_out(sites: gpd.GeoDataFrame) -> None:
    assert list(_of(sites, "siata-air-network", 2022)["name"]) == ["Escuela"]


def test_traffic_cameras_are_a_network_of_their_own(sites: gpd.GeoDataFrame) -> None:
    assert list(_of(sites, "traffic-cameras", 2025)["name"]) == ["Av. 80"]


def test_public_schools_are_told_from_private_ones(sites: gpd.GeoDataFrame) -> None:
    assert list(_of(sites, "public-schools", 2024)["name"]) == ["Escuela"]
    private = _of(sites, "private-schools", 2024)
    assert list(private["name"]) == ["Liceo"]
    assert private.geometry.iloc[0].x == pytest.approx(_point(1).x)


def test_named_initiatives_are_approximate_or_unlocated(sites: gpd.GeoDataFrame) -> None:
    named = sites.set_index("initiative")

    assert named.loc["ruta-n", "geometry"] == _point()
    precision = named["precision_m"]
    assert precision["ruta-n"] > 100
    assert precision["medellinnovation-district"] == 750
    assert named.loc["son-bata", "geometry"] is None
