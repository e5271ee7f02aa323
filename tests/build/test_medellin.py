"""Medellín's raw tables become tidy frames; all figures here are made up."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from shapely.geometry import LineString, Point, Polygon, box, mapping

from sixes_geo.build import medellin
from sixes_geo.build.raw import RawFolder

Row = Mapping[str, Any]
Place = Callable[[str, Sequence[Row]], RawFolder]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return a function that writes one raw file and opens the folder with all so far."""

    def put(name: str, rows: Sequence[Row]) -> RawFolder:
        path = tmp_path / name
        if path.suffix == ".csv":
            pd.DataFrame(rows).to_csv(path, index=False)
        else:
            path.write_text(json.dumps(_collection(rows)), encoding="utf-8")
        return RawFolder(tmp_path, tuple(sorted(file.name for file in tmp_path.iterdir())))

    return put


def _collection(rows: Sequence[Row]) -> dict[str, object]:
    """Return rows with a `shape` as a feature collection."""
    features = [
        {
            "type": "Feature",
            "properties": {key: value for key, value in row.items() if key != "shape"},
            "geometry": mapping(row["shape"]),
        }
        for row in rows
    ]
    return {"type": "FeatureCollection", "features": features}


def _square(column: float) -> Polygon:
    """Return one of a row of squares of a hundredth of a degree."""
    west = -75.6 + column / 100
    return box(west, 6.2, west + 0.01, 6.21)


@pytest.fixture
def shapes(place: Place) -> RawFolder:
    """Return two districts and, inside them, a barrio, a vereda and a strip that is none."""
    place(
        "comunas_corregimientos.geojson",
        [
            {"codigo": 1, "nombre": "Arriba", "tipo": "comuna", "shape": _square(0)},
            {"codigo": 50, "nombre": "Monte", "tipo": "corregimiento", "shape": _square(1)},
        ],
    )
    place(
        "regiones_analiticas_informalidad_2017.geojson",
        [
            {
                "id_region": 7,
                "cod_comuna": 1,
                "nombre_comuna": "Arriba",
                "poblacion_2017_barrios": 70,
                "poblacion_fuente": 999,
                "pct_informalidad_laboral": 38.5,
                "shape": _square(0),
            }
        ],
    )
    return place(
        "barrios_veredas.geojson",
        [
            _barrio("0101", "Centro", "barrio", 1, 0),
            _barrio("5001", "El Prado", "vereda", 50, 1),
            _barrio("SN01", "Sin Nombre", "sin_nombre", 1, 2),
        ],
    )


def _barrio(codigo: str, nombre: str, tipo: str, comuna: int, column: float) -> Row:
    """Return one row of the layer of barrios."""
    return {
        "codigo": codigo,
        "nombre": nombre,
        "tipo": tipo,
        "cod_comuna": comuna,
        "shape": _square(column),
    }


def test_barrios_keep_their_leading_zero_and_name_their_comuna(shapes: RawFolder) -> None:
    units = medellin.units(shapes)

    assert list(units) == ["comuna", "barrio", "region"]
    assert list(units["comuna"]["id"]) == ["1", "50"]
    assert list(units["comuna"]["parent"]) == ["", ""]
    assert list(units["barrio"]["id"]) == ["0101", "5001"]
    assert list(units["barrio"]["parent"]) == ["1", "50"]


def test_regions_are_named_after_their_comuna_as_they_have_no_name(shapes: RawFolder) -> None:
    regions = medellin.units(shapes)["region"]

    found = regions[["id", "name", "parent"]].to_numpy().tolist()
    assert found == [["R007", "Arriba · R007", "1"]]


def test_strips_without_a_name_are_no_barrios(shapes: RawFolder) -> None:
    barrios = medellin.units(shapes)["barrio"]

    assert "SN01" not in set(barrios["id"])


@pytest.fixture
def tables(place: Place, shapes: RawFolder) -> RawFolder:
    """Return one or two rows of every table of figures."""
    assert shapes
    place(
        "ecv_imcv_ipm_idh_comuna_2014_2024.csv",
        [
            {"codigo": 1, "indicador": "imcv", "anio": 2024, "valor": 40.5},
            {"codigo": 50, "indicador": "ipm", "anio": 2023, "valor": None},
        ],
    )
    place("estrato_share_comuna_2026.csv", [{"codigo": 1, "estrato_medio_manzanas": 2.25}])
    place(
        "ecv2020_comuna_estrato_inseguridad_alimentaria.csv",
        [{"cod_comuna": "01", "pct_preocupacion_alimentos": 33.3}],
    )
    place(
        "poblacion_hogares_comuna_2026.csv",
        [{"codigo": 1, "poblacion_2026_dane_repartida": 900, "poblacion_2026_dap": 999}],
    )
    place(
        "barrio_estrato_modal_predios.csv",
        [
            {"codigo": "0101", "estrato_modal": 2},
            {"codigo": "5001", "estrato_modal": None},
            {"codigo": "9999", "estrato_modal": 3},
        ],
    )
    place(
        "valor_suelo_vivienda_empresas_comuna.csv",
        [{"codigo": 1, "contribuyentes_ica": 50, "empresas_camara_2022": 20}],
    )
    ages = [("0-4", "total", 30), ("5-9", "total", 12), ("0-4", "hombres", 16)]
    place(
        "poblacion_comuna_edad_sexo_2016_2020.csv",
        [
            {"codigo": 1, "anio": 2017, "sexo": sex, "grupo_edad": age, "poblacion": people}
            for age, sex, people in ages
        ],
    )
    return place(
        "barrio_estrato_alto_poblacion_entorno_2017.csv",
        [{"codigo": "0101", "frac_estrato_alto": 0.125, "poblacion_2017_est": 77}],
    )


def _values(long: pd.DataFrame, unit: str, indicator: str) -> dict[tuple[str, int], float]:
    """Return the values of one indicator by unit and year."""
    rows = long[(long["unit"] == unit) & (long["indicator"] == indicator)]
    return dict(zip(zip(rows["id"], rows["year"], strict=True), rows["value"], strict=True))


def test_figures_of_comunas_carry_number_and_year(tables: RawFolder) -> None:
    long = medellin.indicators(tables)

    assert _values(long, "comuna", "imcv") == {("1", 2024): 40.5}
    assert _values(long, "comuna", "mean_stratum") == {("1", 2026): 2.25}
    assert _values(long, "comuna", "food_worry") == {("1", 2020): 33.3}


def test_a_missing_figure_is_no_row(tables: RawFolder) -> None:
    long = medellin.indicators(tables)

    assert _values(long, "comuna", "ipm") == {}
    assert long["value"].notna().all()


def test_population_adds_ages_of_both_sexes_once_and_keeps_its_two_series(
    tables: RawFolder,
) -> None:
    long = medellin.indicators(tables)

    assert _values(long, "comuna", "population") == {("1", 2017): 42.0, ("1", 2026): 900.0}


def test_share_of_high_stratum_is_a_percentage(tables: RawFolder) -> None:
    long = medellin.indicators(tables)

    assert _values(long, "barrio", "high_stratum_share") == {("0101", 2017): 12.5}
    assert _values(long, "barrio", "population") == {("0101", 2017): 77.0}


def test_the_commonest_stratum_is_that_of_barrios_that_are_drawn_and_have_one(
    tables: RawFolder,
) -> None:
    long = medellin.indicators(tables)

    assert _values(long, "barrio", "modal_stratum") == {("0101", 2025): 2.0}


def test_businesses_carry_the_year_of_their_register(tables: RawFolder) -> None:
    long = medellin.indicators(tables)

    assert _values(long, "comuna", "business_taxpayers") == {("1", 2026): 50.0}
    assert _values(long, "comuna", "registered_companies") == {("1", 2022): 20.0}


def test_regions_have_the_people_of_their_barrios_and_informal_work(tables: RawFolder) -> None:
    long = medellin.indicators(tables)

    assert _values(long, "region", "population") == {("R007", 2017): 70.0}
    assert _values(long, "region", "labour_informality") == {("R007", 2017): 38.5}


def test_people_stand_inside_the_barrios_that_were_counted(tables: RawFolder) -> None:
    people = medellin.people(tables)

    assert list(people["id"]) == ["0101"]
    assert list(people["people"]) == [77]
    assert _square(0).contains(people.geometry.iloc[0])


def test_investment_is_in_plain_pesos_of_each_year(place: Place) -> None:
    raw = place(
        "inversion_publica_comuna_2008_2024.csv",
        [
            {
                "codigo": 50,
                "nombre": "Monte",
                "inversion_2008_mill_cop": 3,
                "inversion_2024_mill_cop": None,
            }
        ],
    )

    money = medellin.investment(raw)

    assert money is not None
    assert money.to_dict("records") == [
        {"unit": "comuna", "id": "50", "year": 2008, "amount": 3_000_000, "currency": "COP"}
    ]


def test_context_leaves_out_the_countryside_and_lesser_sights(
    place: Place, shapes: RawFolder
) -> None:
    assert shapes
    line = LineString([(-75.6, 6.2), (-75.59, 6.2)])
    rows = [{"linea": "Línea A", "nombre": "Norte-Sur", "shape": line}]
    place("metro_lineas_2020.geojson", rows)
    raw = place(
        "atractivos_turisticos_2024.geojson",
        [
            {"cod": "AT025", "nombre_sitio": "Escaleras", "shape": Point(-75.6, 6.2)},
            {"cod": "AT074", "nombre_sitio": "Paseo", "shape": Point(-75.6, 6.2)},
        ],
    )

    context = medellin.context(raw)

    assert list(context["context"]) == ["urban-comunas", "metro-lines", "landmarks"]
    assert list(context["name"])[1:] == ["Línea A: Norte-Sur", "Escaleras"]
    assert context.geometry.iloc[0].area == pytest.approx(0.0001)


def test_points_beyond_the_city_are_never_drawn_in() -> None:
    assert medellin.SNAP_M == 0.0
