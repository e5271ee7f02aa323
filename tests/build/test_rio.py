"""Rio's raw tables become tidy frames, and the traps in them are stepped over.

Every row here is made up; only the columns are those of the raw files.
"""

from __future__ import annotations

import math
import shutil
import tomllib
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from h3_reference import CENTRES
from shapely.geometry import LineString, Point, box

from sixes_geo.build import rio, rio_hexagons
from sixes_geo.build.raw import RawFolder

CRS = "EPSG:31983"
X, Y = 680_000, 7_460_000
RECIPE = Path(rio.__file__).parent / "recipes" / "rio.toml"


def _degrees(x, y):
    point = gpd.GeoSeries([Point(X + x, Y + y)], crs=CRS).to_crs("EPSG:4326").iloc[0]
    return {"lon": point.x, "lat": point.y}


def _shapes(folder, name, rows):
    frame = gpd.GeoDataFrame(rows, crs=CRS).to_crs("EPSG:4326")
    frame.to_file(folder / name, driver="GeoJSON")


def _square(x, y, side):
    return box(X + x, Y + y, X + x + side, Y + y + side)


def _table(folder, name, rows):
    pd.DataFrame(rows).to_csv(folder / name, index=False)


def _boundaries(folder):
    bairros = [
        {"codbairro": 1, "bairro": "Alfa", "codra": 7, "pop_2022": 100, "geometry": [0, 0]},
        {"codbairro": 2, "bairro": "Beta", "codra": 7, "pop_2022": 50, "geometry": [1000, 0]},
        {"codbairro": 163, "bairro": "Gama", "codra": 9, "pop_2022": 7, "geometry": [2000, 0]},
    ]
    rows = [{**row, "geometry": _square(*row["geometry"], 1000)} for row in bairros]
    _shapes(folder, "rio_bairros_ipp.geojson", rows)
    figures = {
        "pop_2022": 999,
        "renda_resp_media_brl2022": 2500.5,
        "renda_resp_media_brl2010": 1200.0,
        "ids_2010_media_ponderada": 0.6,
        "pct_resp_ate_2sm_2010": 55.0,
    }
    regions = [{"codra": 7, "ra_nome": "Sete"}, {"codra": 9, "ra_nome": "Nove"}]
    rows = [{**row, **figures, "geometry": _square(0, 0, 300)} for row in regions]
    _shapes(folder, "rio_regioes_administrativas.geojson", rows)
    _shapes(
        folder, "rio_municipio_contorno.geojson", [{"nome": "M", "geometry": _square(0, 0, 3000)}]
    )


def _figures(folder):
    income = {"codbairro": ["1", "2"], "renda_resp_media_brl2022": ["3000.25", "1500"]}
    pd.DataFrame(income).to_csv(folder / "rio_bairros_renda_responsavel_censo2022.csv", index=False)
    census = {
        "renda_resp_media_brl2010": 1000.0,
        "ids": 0.5,
        "pct_resp_ate_2sm": 60.0,
        "pct_esgoto_adequado": 90.0,
        "pct_analfab_10_14": 1.5,
    }
    rows = [{"codbairro": code, **census, "geometry": _square(0, 0, 1000)} for code in (1, 2, 166)]
    _shapes(folder, "rio_bairros160_ids_2010.geojson", rows)


HEXAGON_CODES = sorted(CENTRES)
"""Cells of a real grid, far from the made-up bairros: only their codes say what bairro they are."""


def _hexagons(folder):
    names = {
        "pop_2010": [30, 10, 0, 100, 5, *[1] * 32],
        "renda_dom_pc_media_brl2010": [900.5, 800, None, 300.25, 9999, *[1] * 32],
        "empregos_2019": [7, 0, 50, 3, 0, *[0] * 32],
        "codbairro": ["1", "1", "1", "2", "2", *["163"] * 32],
    }
    places = {
        "lon": [CENTRES[code][0] for code in HEXAGON_CODES],
        "lat": [CENTRES[code][1] for code in HEXAGON_CODES],
    }
    table = pd.DataFrame({"id_hex": HEXAGON_CODES, **places, **names})
    table.to_csv(folder / "rio_aop_hexagonos_2010_2019.csv", index=False)


def _station(mode, name, x, y, status="Operacional"):
    return {"modo": mode, "estacao": name, "situacao": status, **_degrees(x, y)}


STATIONS = [
    _station("BRT", "Terminal Um", 100, 100),
    _station("BRT", "Term. Um", 150, 100),
    _station("Metrô", "Dois", 500, 500),
    _station("Metrô", "Dois", 625, 500),
    _station("VLT", "Dois", 510, 500),
    _station("Trem", "Três", 200, 200, "Operacional não TMA"),
    _station("Trem", "Três", 2900, 200),
    _station("Monotrilho", "Quatro", 800, 800),
    _station("BRT", "Cinco", 900, 900, "Em construção"),
    _station("BRT", "Seis", 900, 100, "Fechado"),
]

NAMED = {
    "Centro de Operacoes Rio (COR)": ("estacao WebSirene no COR", "em operacao", "2010"),
    "Santa Marta Digital (Wi-Fi)": ("poligono da favela (IPP), ponto", "lancado 2009", "2009"),
    "NewCities E-health - Clinica da Familia": ("unidade de saude", "piloto 2012-2013", "2012"),
    "Campo de futebol Pavegen - Mineira": (
        "favela Catumbi (IPP) - aproximado",
        "2014-09-10",
        "2014",
    ),
    "Nave do Conhecimento Iraja": ("bairro (IPP) - aproximado", "nove em 2022", "2012"),
    "Nave do Conhecimento Mare": ("estacao de metro - aproximado", "nove em 2022", "2012"),
    "Navezinha Carioca Um": ("poligono da favela (IPP), ponto", "em operacao set/2024", None),
}


def _named(folder):
    rows = [
        {"nome": name, "precisao": how, "situacao": status, "ano_inicio": start}
        for name, (how, status, start) in NAMED.items()
    ]
    rows = [{**row, "codbairro": "2", **_degrees(150, 150)} for row in rows]
    _table(folder, "rio_iniciativas_pontuais.csv", rows)


def _lists(folder):
    here = _degrees(500, 500)
    camera = {"nome_camera": "A X B", "endereco": "rtsp://example.invalid", **here}
    _table(folder, "rio_cameras_cor_2026.csv", [camera] * 3)
    _table(folder, "rio_cameras_cor_2023.csv", [camera] * 2)
    _table(folder, "rio_cemaden_pluviometros.csv", [{"nome": "F", **here}])
    _table(folder, "rio_metro_estacoes_ipp.csv", [{"nome": "Dois", **here}])
    racks = [{"nome": "R", "vagas": "12", **here}, {"nome": "R", "vagas": None, **here}]
    _table(folder, "rio_bicicletarios_datario.csv", racks)
    _table(folder, "rio_escolas_municipais.csv", [{"nome": "E", **here}])
    _table(folder, "rio_paradas_onibus.csv", [{"parada": "P", **here}])
    gauges = [{"nome": "Saúde", **here}, {"nome": "Urca", **here}]
    _table(folder, "rio_alerta_rio_pluviometros.csv", gauges)
    sirens = [{"nome": "Centro de Operações", **here}, {"nome": "Morro 1", **here}]
    _table(folder, "rio_sirenes_pluviometros_defesa_civil.csv", sirens)
    kinds = ["CLINICA DA FAMILIA", "CF", "HOSPITAL"]
    units = [{"nome": kind, "tipo_unidade": kind, **here} for kind in kinds]
    _table(folder, "rio_unidades_saude_municipais.csv", units)
    _table(folder, "rio_estacoes_tma_2023.csv", STATIONS)


def _outlines(folder):
    favelas = [
        {"nome": "Pequena", "pop_sabren": 40, "geometry": _square(100, 100, 100)},
        {"nome": "Grande", "pop_sabren": 900, "geometry": _square(2000, 0, 900)},
    ]
    _shapes(folder, "rio_favelas_ipp.geojson", favelas)
    never = "planejada, nunca instalada (sem resolucao na fonte)"
    upps = [
        {"nomeabrev": "UPP Um", "situacao": "instalada", "geometry": _square(0, 0, 1000)},
        {"nomeabrev": "UPP Dois", "situacao": never, "geometry": _square(0, 0, 500)},
    ]
    upps = [{**row, **_degrees(500, 500)} for row in upps]
    _shapes(folder, "rio_upp_limites_2017.geojson", upps)
    line = LineString([(X, Y), (X + 1000, Y)])
    lines = [
        {"modo": "Metrô", "segmento": "A - B", "situacao": "Operacional", "geometry": line},
        {
            "modo": "Monotrilho",
            "segmento": "C",
            "situacao": "Operacional não TMA",
            "geometry": line,
        },
        {"modo": "BRT", "segmento": "D", "situacao": "Planejado", "geometry": line},
    ]
    _shapes(folder, "rio_linhas_transporte_tma_2023.geojson", lines)
    _shapes(folder, "rio_vias_expressas.geojson", [{"via": "V", "geometry": line}])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Write the raw files once: tests read them only."""
    folder = tmp_path_factory.mktemp("rio")
    for write in (_boundaries, _figures, _hexagons, _lists, _named, _outlines):
        write(folder)
    return folder


@pytest.fixture
def raw(folder):
    return RawFolder(folder, tuple(path.name for path in folder.iterdir()))


@pytest.fixture(scope="module")
def sites(folder):
    return rio.sites(RawFolder(folder, tuple(path.name for path in folder.iterdir())))


def _of(sites, initiative):
    return sites[sites["initiative"] == initiative]


def test_regions_are_the_union_of_their_bairros_and_take_the_region_names(raw):
    units = rio.units(raw)

    region = units["ra"].set_index("id")
    bairros = units["bairro"]
    assert list(units) == ["ra", "bairro"]
    assert region["name"].to_dict() == {"7": "Sete", "9": "Nove"}
    assert (region["parent"] == "").all()
    assert bairros["parent"].tolist() == ["7", "7", "9"]
    parts = bairros[bairros["parent"] == "7"].geometry.union_all()
    assert region.geometry["7"].symmetric_difference(parts).area == pytest.approx(0, abs=1e-12)


def test_region_population_is_the_sum_of_its_bairros_not_the_derived_files_own(raw):
    figures = rio.indicators(raw)

    chosen = figures[(figures["indicator"] == "population") & (figures["unit"] == "ra")]
    assert dict(zip(chosen["id"], chosen["value"], strict=True)) == {"7": 150.0, "9": 7.0}
    assert (chosen["year"] == 2022).all()


def test_a_bairro_without_a_figure_has_no_row(raw):
    figures = rio.indicators(raw)

    income = figures[(figures["indicator"] == "head_income_mean") & (figures["unit"] == "bairro")]
    by_year = {year: set(rows["id"]) for year, rows in income.groupby("year")}
    assert by_year == {2010: {"1", "2"}, 2022: {"1", "2"}}
    assert figures["value"].notna().all()
    assert figures[["lower", "upper"]].isna().all(axis=None)


def test_income_is_read_as_a_number_and_keeps_its_year(raw):
    figures = rio.indicators(raw).set_index(["unit", "indicator", "year", "id"])["value"]

    assert figures["bairro", "head_income_mean", 2022, "1"] == 3000.25
    assert figures["bairro", "head_income_mean", 2010, "1"] == 1000.0
    assert figures["ra", "head_income_mean", 2022, "9"] == 2500.5
    assert figures["ra", "heads_up_to_2_wages", 2010, "9"] == 55.0


def test_no_figure_stands_twice(raw):
    figures = rio.indicators(raw)

    assert not figures.duplicated(["unit", "id", "indicator", "year"]).any()


def test_people_live_where_they_did_in_2010_and_are_as_many_as_in_2022(raw):
    people = rio.people(raw)

    assert people.groupby("zone")["people"].sum().to_dict() == {"1": 100, "163": 7, "2": 50}
    known = people.set_index("id")
    assert known["people"][HEXAGON_CODES[:2]].tolist() == [75, 25]
    assert known["people"][HEXAGON_CODES[3:5]].tolist() == [48, 2]  # 47.6 and 2.4 of 50
    assert HEXAGON_CODES[2] not in known.index  # nobody lives there
    assert set(known["district"]) == {"7", "9"}
    assert known.geometry[HEXAGON_CODES[0]].x == pytest.approx(CENTRES[HEXAGON_CODES[0]][0])


@pytest.mark.parametrize(
    ("people", "total", "expected"),
    [
        ([1, 1, 1], 4, [2, 1, 1]),
        ([1, 1, 1], 2, [1, 1, 0]),
        ([3, 1], 400, [300, 100]),
        ([5, 3, 2], 0, [0, 0, 0]),
        ([2, 1], 1, [1, 0]),
    ],
)
def test_scaled_people_are_whole_and_add_up(people, total, expected):
    group = pd.Series(["a"] * len(people))
    found = rio_hexagons.scaled(pd.Series(people, dtype=float), group, pd.Series({"a": total}))

    assert found.tolist() == expected


def test_jobs_are_added_up_by_bairro_and_region(raw):
    figures = (
        rio.indicators(raw).set_index(["indicator", "year", "unit", "id"]).sort_index()["value"]
    )
    jobs = figures["formal_jobs", 2019]

    assert jobs["bairro"].to_dict() == {"1": 57.0, "163": 0.0, "2": 3.0}
    assert jobs["ra"].to_dict() == {"7": 60.0, "9": 0.0}


@pytest.fixture(scope="module")
def cells(folder):
    raw = RawFolder(folder, tuple(path.name for path in folder.iterdir()))
    inside, beyond = Point(CENTRES[HEXAGON_CODES[0]]), Point(X, Y)
    points = gpd.GeoSeries([beyond], crs=CRS).to_crs("EPSG:4326").tolist()
    sites = gpd.GeoDataFrame({"district": ["7", None]}, geometry=[inside, *points], crs="EPSG:4326")
    return rio.hexagons(raw, sites)


def test_hexagons_bear_their_code_and_the_name_of_their_bairro(cells):
    shapes, _ = cells
    known = shapes.set_index("id")

    assert shapes["id"].tolist() == HEXAGON_CODES
    assert known["name"][HEXAGON_CODES[0]] == f"Alfa · {HEXAGON_CODES[0][5:11]}"
    assert known["parent"][HEXAGON_CODES[-1]] == "9"
    assert (shapes.geometry.get_coordinates().groupby(level=0).size() == 7).all()


def test_a_hexagon_of_few_people_or_none_has_no_income(cells):
    _, figures = cells
    table = figures.set_index(["indicator", "year", "id"])["value"].sort_index()

    assert table["income_per_head_mean", 2010].to_dict() == {HEXAGON_CODES[3]: 300.25}
    assert table["population", 2010][HEXAGON_CODES[:3]].tolist() == [30, 10, 0]
    assert table["formal_jobs", 2019][HEXAGON_CODES[:3]].tolist() == [7, 0, 50]
    assert len(table["population", 2010]) == len(table["formal_jobs", 2019]) == 37
    assert figures[["lower", "upper"]].isna().all(axis=None)


def test_a_hexagon_that_the_source_leaves_out_is_kept_for_a_site(folder, tmp_path):
    own = shutil.copytree(folder, tmp_path / "rio")
    path = own / rio_hexagons.HEXAGONS
    table = pd.read_csv(path, dtype=str)
    table[table["id_hex"] != HEXAGON_CODES[9]].to_csv(path, index=False)
    raw = RawFolder(own, tuple(path.name for path in own.iterdir()))
    place = [Point(CENTRES[HEXAGON_CODES[9]])]
    bairros = own / rio_hexagons.BAIRROS
    around = gpd.read_file(bairros)
    around.geometry = (
        gpd.GeoSeries(place * 3, crs="EPSG:4326").to_crs(CRS).buffer(1000).to_crs(4326)
    )
    around.to_file(bairros, driver="GeoJSON")
    site = gpd.GeoDataFrame({"district": ["7"]}, geometry=place, crs="EPSG:4326")

    shapes, figures = rio.hexagons(raw, site)
    none, _ = rio.hexagons(raw, site.assign(district=None))

    assert shapes["id"].tolist() == HEXAGON_CODES
    assert none["id"].tolist() == [code for code in HEXAGON_CODES if code != HEXAGON_CODES[9]]
    alone = figures[figures["id"] == HEXAGON_CODES[9]].set_index("indicator")["value"]
    assert alone.to_dict() == {"population": 0, "formal_jobs": 0}
    name = shapes.set_index("id")["name"][HEXAGON_CODES[9]]
    assert name == f"Alfa · {HEXAGON_CODES[9][5:11]}"


def test_cameras_of_two_lists_are_told_apart_by_year(sites):
    cameras = _of(sites, "cameras")

    assert cameras["year"].value_counts().to_dict() == {2026: 3, 2023: 2}


def test_the_operations_centres_own_gauge_is_no_siren_community(sites):
    assert _of(sites, "siren-communities")["name"].tolist() == ["Morro 1"]


def test_a_gauge_two_sources_place_apart_is_approximate(sites):
    gauges = _of(sites, "rain-gauges").set_index("name")["precision_m"]

    assert gauges.to_dict() == {"Saúde": 750, "Urca": 20}


def test_a_station_counts_once_per_mode_and_only_if_it_ran(sites):
    names = _of(sites, "transit")["name"].tolist()

    assert names == [
        "Terminal Um (BRT)",
        "Dois (Metrô)",
        "Dois (VLT)",
        "Três (Trem)",
        "Três (Trem)",
        "Quatro (Bonde)",
    ]


def test_both_spellings_of_a_family_clinic_count_and_a_hospital_does_not(sites):
    assert _of(sites, "family-clinics")["name"].tolist() == ["CLINICA DA FAMILIA", "CF"]
    assert _of(sites, "other-municipal-health")["name"].tolist() == ["HOSPITAL"]


def test_an_unknown_number_of_places_stays_unknown(sites):
    capacity = _of(sites, "bike-parking")["capacity"].tolist()

    assert capacity[0] == 12.0
    assert math.isnan(capacity[1])


def test_a_police_unit_that_was_never_installed_is_left_out_everywhere(raw, sites):
    areas = _of(sites, "upp-areas")
    context = rio.context(raw)

    assert areas["name"].tolist() == ["UPP Um"]
    assert areas["precision_m"].tolist() == [550]
    assert context.loc[context["context"] == "upp-areas", "name"].tolist() == ["UPP Um"]


@pytest.mark.parametrize(
    ("initiative", "year", "precision_m"),
    [
        ("operations-centre", [2010], [20]),
        ("santa-marta-digital", [2009], [50]),
        ("santa-marta-e-health", [2012], [20]),
        ("kinetic-pitch-mineira", [2014], [150]),
        ("knowledge-centres", [2022, 2022], [550, 300]),
        ("small-knowledge-centres", [2024], [50]),
    ],
)
def test_a_named_initiative_is_as_precise_as_it_says(sites, initiative, year, precision_m):
    found = _of(sites, initiative)

    assert found["year"].tolist() == year
    assert found["precision_m"].tolist() == precision_m


def test_names_of_the_hand_made_list_get_their_accents_back(sites):
    names = set(_of(sites, "knowledge-centres")["name"])

    assert names == {"Nave do Conhecimento Irajá", "Nave do Conhecimento Maré"}


def test_an_unknown_row_of_the_hand_made_list_is_not_swallowed(folder, tmp_path):
    own = shutil.copytree(folder, tmp_path / "rio")
    path = own / "rio_iniciativas_pontuais.csv"
    text = path.read_text(encoding="utf-8").replace("Santa Marta Digital", "Outra Coisa")
    path.write_text(text, encoding="utf-8")
    raw = RawFolder(own, tuple(path.name for path in own.iterdir()))

    assert "Outra Coisa (Wi-Fi)" in set(rio.sites(raw)["initiative"])


def test_context_holds_only_lines_that_ran(raw):
    context = rio.context(raw)

    lines = context.loc[context["context"] == "transit-lines", "name"].tolist()
    assert lines == ["Metrô: A - B", "Bonde: C"]
    assert context["name"].notna().all()


def test_there_is_no_table_of_money(raw):
    assert rio.investment(raw) is None


@pytest.fixture(scope="module")
def recipe():
    return tomllib.loads(RECIPE.read_text(encoding="utf-8"))


def _texts(value):
    if isinstance(value, dict):
        if {"es", "pt", "en"} & set(value):
            yield value
        else:
            for part in value.values():
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def test_the_recipe_declares_exactly_the_raw_files_that_are_read(raw, recipe):
    for read in (rio.units, rio.indicators, rio.sites, rio.people, rio.context):
        read(raw)
    rio.hexagons(raw, rio.sites(raw).assign(district=None))

    assert raw.used == {entry["path"] for entry in recipe["raw"]}


def test_the_recipe_lists_what_the_module_gives(raw, recipe):
    sites, figures, context = rio.sites(raw), rio.indicators(raw), rio.context(raw)
    figures = pd.concat([figures, rio.hexagons(raw, sites.assign(district=None))[1]])

    listed = {entry["id"] for entry in recipe["initiatives"]}
    assert set(sites["initiative"]) <= listed
    assert {name for layer in recipe["layers"] for name in layer["initiatives"]} <= listed
    assert set(figures["indicator"]) == {entry["indicator"] for entry in recipe["indicators"]}
    assert set(context["context"]) == {entry["context"] for entry in recipe["context"]}


def test_every_text_stands_in_three_languages(recipe):
    texts = list(_texts(recipe))

    assert len(texts) > 200
    assert [text for text in texts if set(text) != {"es", "pt", "en"}] == []
    assert [text for text in texts if not all(part.strip() for part in text.values())] == []


def test_surveillance_and_policing_are_called_so(recipe):
    roles = {layer["layer"]: layer["role"] for layer in recipe["layers"]}
    of_paper = next(layer for layer in recipe["layers"] if layer["layer"] == "paper-initiatives")

    assert {roles["cameras-2026"], roles["cameras-2023"]} == {"surveillance"}
    assert roles["upp-areas"] == "policing"
    assert "upp-areas" not in of_paper["initiatives"]


def test_the_paper_layer_lists_all_initiatives_of_the_paper_but_its_network_of_sirens(recipe):
    of_paper = next(layer for layer in recipe["layers"] if layer["layer"] == "paper-initiatives")
    named = {entry["id"] for entry in recipe["initiatives"] if entry["from_paper"]}

    assert {*of_paper["initiatives"], "siren-communities"} == named  # never pooled with the others
    assert any(layer["initiatives"] == ["siren-communities"] for layer in recipe["layers"])


def test_the_bairros_with_diverging_limits_are_flagged(recipe):
    income = next(
        entry for entry in recipe["indicators"] if entry["indicator"] == "head_income_mean"
    )
    flagged = {(flag["unit"], flag["year"]): set() for flag in income["flags"]}
    for flag in income["flags"]:
        flagged[flag["unit"], flag["year"]] |= set(flag["ids"])

    assert {"34", "45", "47", "75", "115", "129"} <= flagged["bairro", 2022]
    assert {"5", "115", "128", "129", "141", "151"} <= flagged["bairro", 2010]


def test_no_camera_address_or_contact_reaches_the_layers(sites):
    columns = {"initiative", "year", "name", "capacity", "precision_m", "geometry"}
    assert set(sites.columns) == columns
    assert "example.invalid" not in sites.to_json()
