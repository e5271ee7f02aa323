"""Santiago: what its raw tables of units and figures become, and the traps they hold.

All extracts are made up; only the columns are those of the raw files.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import LineString, Point, Polygon, box

from sixes_geo.build import santiago
from sixes_geo.build.raw import RawFolder

RECIPE = Path(santiago.__file__).parent / "recipes" / "santiago.toml"

DEGREES = "EPSG:4326"
WEST, EAST = "00101", "00102"
"""Codes that are numbers to a careless reader: they begin with a zero."""


def _shapes(
    folder: Path, name: str, rows: Mapping[str, Sequence[object]], shapes: Sequence[object]
) -> None:
    """Write a made-up geographic file."""
    gpd.GeoDataFrame(rows, geometry=shapes, crs=DEGREES).to_file(folder / name, driver="GeoJSON")


def _table(folder: Path, name: str, text: str) -> None:
    """Write a made-up table, one row a line."""
    rows = "\n".join(line.strip() for line in text.strip().splitlines())
    (folder / name).write_text(rows + "\n", encoding="utf-8")


def _areas(folder: Path) -> None:
    """Write two comunas, three zones, limits, settlements and lines."""
    west, east = box(-71, -34, -70.5, -33), box(-70.5, -34, -70, -33)
    _shapes(
        folder,
        "comunas_34_ine2017.geojson",
        {"cut": [WEST, EAST], "nombre": ["Poniente", "Ñandú"], "area_km2": [1.0, 1.0]},
        [west, east],
    )
    _shapes(
        folder,
        "zonas_censales_2017_gse2012.geojson",
        {
            "zona": ["00101011001", "00101011002", "00102011001"],
            "cut": [WEST, WEST, EAST],
            "comuna": ["Poniente", "Poniente", "Ñandú"],
            "pob_2017": [120.0, 80.0, None],
            "pob_2017_edades": [110.0, 70.0, None],
            "nse_2012": [410.5, None, 700.25],
            "escolaridad_2012": [8.5, None, 15.0],
        },
        [box(-71, -34, -70.7, -33), box(-70.7, -34, -70.5, -33), east],
    )
    _shapes(
        folder,
        "limite_urbano_34_ine2017.geojson",
        {
            "cut": [WEST, EAST, WEST],
            "nombre": ["Poniente", "Ñandú", "Poniente"],
            "principal": [1, 1, 0],
        },
        [_urban_west(), box(-70.5, -33.9, -70.4, -33.1), box(-70.99, -33.99, -70.98, -33.98)],
    )
    camps = {"nombre": ["El Alto"], "cut": [WEST], "n_hogares": [20]}
    _shapes(folder, "campamentos_minvu_2024.geojson", camps, [Polygon(west)])
    _shapes(
        folder,
        "metro_tren_lineas_2019.geojson",
        {"linea": ["LÍNEA 9", "METROTREN"], "modo": ["metro", "tren"]},
        [
            LineString([(-70.9, -33.5), (-70.6, -33.5)]),
            LineString([(-70.9, -33.6), (-70.6, -33.6)]),
        ],
    )


def _urban_west() -> Polygon:
    """Return an urban area up to the eastern one, with a seam of 100 m and a park of 1 km."""
    seam, park = box(-70.7, -33.5, -70.699, -33.499), box(-70.8, -33.5, -70.79, -33.49)
    return box(-70.9, -33.9, -70.5, -33.1) - seam - park


def _figures(folder: Path) -> None:
    """Write the tables of comunas and blocks."""
    _table(
        folder,
        "poblacion_comunas.csv",
        """cut,nombre,pob_censo_2017,pob_censo_2024,hogares_2024,pob_proy_2022_base2017
        00101,Poniente,200,210,70,999
        00102,Ñandú,300,,,999""",
    )
    _table(
        folder,
        "casen_2022_comunas.csv",
        """cut,nombre,ypc,ytotcorh,esc,pobreza_p
        00101,Poniente,300000.0,900000.0,10.25,0.5
        00102,Ñandú,900000.0,2000000.0,15.5,0.4""",
    )
    _table(
        folder,
        "pobreza_sae_2022_comunas.csv",
        """cut,nombre,anio,dimension,tasa,limite_inferior,limite_superior
        00101,Poniente,2022,ingresos,9.5,7.0,12.0
        00102,Ñandú,2022,ingresos,1.5,0.5,2.5
        00101,Poniente,2022,multidimensional,30.0,25.0,35.0
        00102,Ñandú,2022,multidimensional,4.0,2.0,6.0""",
    )
    _table(folder, "ips_2019_comunas.csv", "cut,nombre,ips_2019\n00101,Poniente,80.5")
    _table(
        folder,
        "comunas_indicadores_resumen.csv",
        "cut,nombre,nse_2012_ponderado_zona,pob_2017\n00101,Poniente,420.1,1",
    )
    _table(
        folder,
        "eod2012_ingreso_comunas.csv",
        """cut,ingreso_hogar_medio_clp,ingreso_hogar_mediano_clp
        00101,900000,400000""",
    )
    _table(
        folder,
        "eod2012_dia_comunas.csv",
        """cut,personas_llegan_trabajo,presentes_11h,presentes_11h_por_100_residentes
        00101,30,250,61.0
        00102,90,750,238.0""",
    )
    _table(
        folder,
        "siedu_indicadores_comunas.csv",
        """cut,nombre,id,anio,variable,valor
        00101,Poniente,BPU_17,2018,luces,1.0
        00102,Ñandú,BPU_17,2018,luces,1.5
        00102,Ñandú,BPU_17,2019,luces,2.5
        00101,Poniente,BPU_24,2021,internet,265.5
        00101,Poniente,BPU_201,2021,internet,7.5
        00101,Poniente,EA_53,2020,verde,4.5
        00101,Poniente,EA_53a,2020,verde denso,0.5
        00101,Poniente,EA_93,2021,ciclovia,0.5""",
    )
    _table(
        folder,
        "manzanas_censo2017_centroides.csv",
        """manzana,cut,lon,lat,pob_2017,viviendas_2017
        00101011001001,00101,-70.9,-33.5,120,40
        00101011002001,00101,-70.6,-33.5,0,0""",
    )


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> RawFolder:
    folder = tmp_path_factory.mktemp("santiago")
    _areas(folder)
    _figures(folder)
    return RawFolder(folder, tuple(sorted(path.name for path in folder.iterdir())))


@pytest.fixture(scope="module")
def figures(raw: RawFolder) -> pd.DataFrame:
    return santiago.indicators(raw)


def _value(figures: pd.DataFrame, indicator: str, unit: str, name: str, year: int) -> float:
    """Return one figure."""
    keys = {"indicator": indicator, "unit": unit, "id": name, "year": year}
    rows = figures
    for column, key in keys.items():
        rows = rows[rows[column] == key]
    return float(rows["value"].item())


def test_units_are_the_comunas_then_the_zones_inside_them(raw: RawFolder) -> None:
    units = santiago.units(raw)

    assert list(units) == ["comuna", "zone"]
    assert list(units["comuna"]["id"]) == [WEST, EAST]
    assert list(units["comuna"]["name"]) == ["Poniente", "Ñandú"]
    assert set(units["comuna"]["parent"]) == {""}
    assert list(units["zone"]["parent"]) == [WEST, WEST, EAST]
    assert list(units["zone"].columns) == ["id", "name", "parent", "geometry"]
    assert all(frame.crs == DEGREES for frame in units.values())


def test_codes_keep_their_leading_zeros(figures: pd.DataFrame) -> None:
    comunas = figures.loc[figures["unit"] == "comuna", "id"]

    assert set(comunas) == {WEST, EAST}


def test_work_and_presence_by_day_are_shares_and_no_counts(figures: pd.DataFrame) -> None:
    found = {
        name: (
            _value(figures, name, "comuna", WEST, 2012),
            _value(figures, name, "comuna", EAST, 2012),
        )
        for name in ("workers_arriving_share", "present_share", "present_per_100_residents")
    }

    assert found == {
        "workers_arriving_share": (25, 75),
        "present_share": (25, 75),
        "present_per_100_residents": (61, 238),
    }


def test_population_is_counted_never_projected(figures: pd.DataFrame) -> None:
    rows = figures[figures["indicator"] == "population"]

    assert _value(figures, "population", "comuna", WEST, 2017) == 200
    assert _value(figures, "population", "comuna", WEST, 2024) == 210
    assert _value(figures, "population", "zone", "00101011001", 2017) == 120
    assert 999 not in set(rows["value"])


def test_what_is_missing_has_no_row(figures: pd.DataFrame) -> None:
    counted = figures[figures["indicator"] == "population"]
    scored = figures[(figures["indicator"] == "nse_2012") & (figures["unit"] == "zone")]

    assert figures["value"].notna().all()
    assert "00102011001" not in set(counted["id"])
    assert EAST not in set(counted.loc[counted["year"] == 2024, "id"])
    assert list(scored["id"]) == ["00101011001", "00102011001"]


def test_income_is_the_median_per_person_and_per_household(figures: pd.DataFrame) -> None:
    assert _value(figures, "casen_income_median", "comuna", WEST, 2022) == 300000
    assert _value(figures, "casen_household_income_median", "comuna", EAST, 2022) == 2000000
    assert _value(figures, "casen_schooling", "comuna", WEST, 2022) == 10.25
    assert _value(figures, "eod_household_income_median", "comuna", WEST, 2012) == 400000


def test_poverty_is_the_official_one_with_its_limits(figures: pd.DataFrame) -> None:
    rows = figures[figures["indicator"] == "poverty_income_sae"].set_index("id")
    multi = figures[figures["indicator"] == "poverty_multi_sae"].set_index("id")
    west = rows.loc[WEST]

    assert (west["value"], west["lower"], west["upper"]) == (9.5, 7.0, 12.0)
    assert multi.loc[WEST, "upper"] == 35.0
    assert set(rows["year"]) == {2022}


def test_only_poverty_has_limits_and_they_are_numbers(figures: pd.DataFrame) -> None:
    others = figures[~figures["indicator"].str.startswith("poverty")]

    assert others[["lower", "upper"]].isna().all(axis=None)
    assert (figures.dtypes[["value", "lower", "upper"]] == "float64").all()


def test_urban_indicators_come_from_their_latest_year_and_very_code(figures: pd.DataFrame) -> None:
    lights = figures[figures["indicator"] == "street_lights"]
    green = figures[figures["indicator"] == "vegetation_cover"]

    assert list(lights["id"]) == [EAST]
    assert list(lights["year"]) == [2019]
    assert list(green["value"]) == [4.5]
    assert _value(figures, "internet_per_1000_dwellings", "comuna", WEST, 2021) == 265.5
    assert _value(figures, "internet_per_100_people", "comuna", WEST, 2021) == 7.5
    assert _value(figures, "cycleway_share", "comuna", WEST, 2021) == 0.5


def test_the_score_of_2012_exists_at_both_levels(figures: pd.DataFrame) -> None:
    assert _value(figures, "nse_2012", "comuna", WEST, 2012) == 420.1
    assert _value(figures, "nse_2012", "zone", "00102011001", 2012) == 700.25
    assert _value(figures, "schooling_2012", "zone", "00101011001", 2012) == 8.5
    assert _value(figures, "ips", "comuna", WEST, 2019) == 80.5


def test_no_figure_stands_twice(figures: pd.DataFrame) -> None:
    assert not figures.duplicated(["unit", "id", "indicator", "year"]).any()


def test_people_are_blocks_and_empty_ones_stay(raw: RawFolder) -> None:
    people = santiago.people(raw)

    assert list(people["id"]) == ["00101011001001", "00101011002001"]
    assert list(people["people"]) == [120, 0]
    assert people.geometry.iloc[0] == Point(-70.9, -33.5)


def test_the_urban_limit_is_one_outline_without_villages_and_seams(raw: RawFolder) -> None:
    context = santiago.context(raw).set_index("context")
    limit = context.loc["urban-limit", "geometry"]

    assert list(context.index) == [
        "urban-limit",
        "informal-settlements",
        "metro-lines",
        "train-lines",
    ]
    # 0.5 by 0.8 degrees, less the park; the seam is filled and the village left out.
    assert limit.geom_type == "Polygon"
    assert limit.area == pytest.approx(0.4 - 0.0001, abs=1e-7)
    assert len(limit.interiors) == 1
    assert limit.interiors[0].bounds == pytest.approx((-70.8, -33.5, -70.79, -33.49))
    assert context.loc["metro-lines", "name"] == "Línea 9"
    assert context.loc["train-lines", "name"] == "Metrotren"


def test_residents_of_settlements_are_households_of_the_mean_size_of_their_comuna(
    figures: pd.DataFrame,
) -> None:
    lived = figures[figures["indicator"] == "settlement_people"].set_index(["unit", "id"])["value"]

    assert lived["comuna"].to_dict() == {WEST: 20 * 210 / 70, EAST: 0.0}
    assert lived["zone"].sum() <= 60.0


def test_no_investment_is_claimed(raw: RawFolder) -> None:
    assert santiago.investment(raw) is None
    assert santiago.SNAP_M == 0


def test_recipe_and_module_speak_of_the_same_things(raw: RawFolder, figures: pd.DataFrame) -> None:
    recipe = tomllib.loads(RECIPE.read_text(encoding="utf-8"))
    context = santiago.context(raw)

    assert set(figures["indicator"]) == {entry["indicator"] for entry in recipe["indicators"]}
    assert set(context["context"]) == {entry["context"] for entry in recipe["context"]}
