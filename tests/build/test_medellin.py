"""Medellín's raw tables become tidy frames; all figures here are made up."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from shapely.geometry import Point, Polygon, box, mapping

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

    assert list(units) == ["comuna", "barrio"]
    assert list(units["comuna"]["id"]) == ["1", "50"]
    assert list(units["comuna"]["parent"]) == ["", ""]
    assert list(units["barrio"]["id"]) == ["0101", "5001"]
    assert list(units["barrio"]["parent"]) == ["1", "50"]


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
    raw = place(
        "atractivos_turisticos_2024.geojson",
        [
            {"cod": "AT025", "nombre_sitio": "Escaleras", "shape": Point(-75.6, 6.2)},
            {"cod": "AT074", "nombre_sitio": "Paseo", "shape": Point(-75.6, 6.2)},
        ],
    )

    context = medellin.context(raw)

    assert list(context["context"]) == ["urban-comunas", "landmarks"]
    assert list(context["name"])[1:] == ["Escaleras"]
    assert context.geometry.iloc[0].area == pytest.approx(0.0001)


def test_points_beyond_the_city_are_never_drawn_in() -> None:
    assert medellin.SNAP_M == 0.0
