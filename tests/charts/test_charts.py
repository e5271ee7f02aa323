"""The charts draw the figures of the assessment and say them in words."""

import json
import re
from itertools import pairwise

import pytest
import toy
import vl_convert as vlc
from house import LIBRARY, none_of

from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.question import ask
from sixes_geo.analysis.robustness import every_variant, robustness_of
from sixes_geo.charts.compare import indices_template, quintile_lines_template
from sixes_geo.charts.concentration import POINTS, curve_chart, curve_words
from sixes_geo.charts.gaps import gap_frame, gap_template, gap_words
from sixes_geo.charts.quintiles import (
    quintile_chart,
    quintile_frame,
    quintile_template,
    quintile_title,
    quintile_words,
)
from sixes_geo.charts.reach import distance_template, nearest_template, within_template
from sixes_geo.charts.strip import LOOKS, strip_frame, strip_template, strip_words
from sixes_geo.charts.style import HALL, NARROW, PAGE, PICK, SOURCE, signed_ticks
from sixes_geo.charts.wheel import NOTHING, wheel_frame, wheel_template, wheel_words
from sixes_geo.city.model import ES
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.wording import counted, index_words

EN = Translator("en")
CHARTS = (curve_chart, quintile_chart)

languages = pytest.mark.parametrize("tr", [Translator(one) for one in LANGUAGES], ids=LANGUAGES)
charts = pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.__name__)


def data_of(spec):
    """Return every table a chart holds."""
    parts = [spec, *spec.get("layer", [])]
    tables = list(spec.get("datasets", {}).values())
    tables += [part["data"]["values"] for part in parts if "values" in part.get("data", {})]
    return tables


def curve_of(found):
    """Return the corners of the drawn curve, the longest table of the chart."""
    return max(data_of(curve_chart(found, EN, PAGE).to_dict()), key=len)


def texts_in(value):
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts_in(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts_in(part)]
    return [value] if isinstance(value, str) else []


@charts
@languages
@pytest.mark.parametrize("options", [{}, {"unit": "zone"}, {"need": "poverty"}])
def test_a_chart_is_plain_json_that_names_no_outside_host(measured, chart, options, tr):
    for size in (PAGE, HALL):
        spec = chart(measured(**options), tr, size).to_dict()

        json.dumps(spec, allow_nan=False)
        spec.pop("$schema", None)
        assert [text for text in texts_in(spec) if "//" in text] == []


def test_the_curve_that_is_drawn_is_the_curve_that_was_measured(measured):
    found = measured()

    drawn = [(one["people_share"], one["provision_share"]) for one in curve_of(found)]

    wanted = found.curve.to_numpy().tolist()
    assert len(drawn) == len(wanted) == 5
    for ours, theirs in zip(drawn, wanted, strict=True):
        assert ours == pytest.approx(theirs, abs=1e-3)


def test_a_curve_of_many_units_is_thinned_and_keeps_its_ends_and_its_shape(published):
    city = published("santiago")
    found = assess(ask(city, layers=["bike-share-2022"], unit="zone"))

    drawn = [(one["people_share"], one["provision_share"]) for one in curve_of(found)]

    assert len(found.curve) > POINTS >= len(drawn)
    assert (drawn[0], drawn[-1]) == ((0, 0), (1, 1))
    area = sum((x1 - x0) * (y0 + y1) / 2 for (x0, y0), (x1, y1) in pairwise(drawn))
    assert 1 - 2 * area == pytest.approx(found.test.index, abs=0.01)


@languages
def test_there_are_two_bars_a_quintile_with_the_shares_that_were_measured(measured, tr):
    found = measured(unit="zone")

    (bars,) = data_of(quintile_chart(found, tr, PAGE).to_dict())

    assert len(bars) == 10
    names = {
        tr("chart.quintile_people"): "share_population",
        tr("chart.counted.sites"): "share_amount",
    }
    wanted = found.quintiles.set_index("quintile")
    for bar in bars:
        share = wanted.loc[bar["quintile"], names[bar["whose"]]]
        assert bar["share"] == pytest.approx(share, abs=1e-4)


def test_a_quintile_that_holds_nobody_has_no_bar(measured):
    (bars,) = data_of(quintile_chart(measured(), EN, PAGE).to_dict())

    assert [bar["share"] for bar in bars if bar["quintile"] == 2] in ([None, None], [0, 0], [])


@languages
def test_the_curve_is_described_in_words(measured, tr):
    found = measured()

    text = curve_words(found, tr)

    assert index_words(found, tr) in text
    assert counted(found, tr) in text
    # half of the people: .125 at .4 and .25 at .7, so a third of the way between them
    assert tr.percent(0.125 + 0.125 / 3) in text


@languages
def test_the_quintiles_are_described_in_words(measured, tr):
    found = measured(unit="zone")

    text = quintile_words(found, tr)

    for quintile in found.quintiles.to_dict("records"):
        assert tr.percent(quintile["share_population"]) in text
        assert tr.percent(quintile["share_sites"]) in text
    assert not set("{}") & set(text)


@languages
@pytest.mark.parametrize(
    ("layer", "weight"), [("docks", "capacity"), ("budget-2024", "amount"), ("docks", "sites")]
)
def test_bars_of_docks_and_pesos_are_not_said_to_be_of_sites(measured, tr, layer, weight):
    found = measured(layer, weight=weight)
    what, sites = tr(f"chart.counted.{weight}"), tr("chart.counted.sites")

    for text in (quintile_title(found, tr), quintile_words(found, tr)):
        assert f" {what}" in text
        assert (f" {sites} " in text) == (weight == "sites")
    shares = [one["share_amount"] for one in found.quintiles.to_dict("records")]
    assert all(tr.percent(one) in quintile_words(found, tr) for one in shares)


@languages
def test_a_quintile_that_holds_nobody_is_said_to_have_no_figure(measured, tr):
    text = quintile_words(measured(), tr)

    assert tr("number.missing") in text
    assert "nan" not in text.split()


def test_a_hall_has_larger_type_than_a_page():
    assert HALL.font > PAGE.font
    assert HALL.height > PAGE.height
    assert HALL.line > PAGE.line


@charts
def test_nothing_that_was_measured_is_changed(measured, chart):
    found = measured(unit="zone")
    curve, quintiles = found.curve.copy(), found.quintiles.copy()

    chart(found, EN, PAGE)

    assert found.curve.equals(curve)
    assert found.quintiles.equals(quintiles)


def pickable(chart_words):
    """Return the specification of a chart whose marks can be picked."""
    spec = chart_words.to_dict()
    return spec, [one["name"] for one in spec.get("params", [])]


@languages
def test_a_chart_that_can_be_picked_holds_no_data_of_its_own(tr):
    for template in (
        gap_template(tr, PAGE, "sites"),
        strip_template(tr, PAGE, 3),
        quintile_template(tr, PAGE, "sites", picking=True),
    ):
        spec, names = pickable(template)
        assert names == [PICK]
        assert "datasets" not in spec
        layers = spec.get("layer", [spec])
        assert {layer["data"]["name"] for layer in layers} == {SOURCE}


def test_gaps_are_those_of_the_units_and_add_up_to_none(measured):
    found = measured()
    frame = gap_frame(found, EN).set_index("id")

    assert frame["gap"].to_dict() == pytest.approx((found.units["gap"] * 100).round(2).to_dict())
    assert frame["gap"].sum() == pytest.approx(0)
    assert frame["rank"].to_dict() == pytest.approx(toy.RANK)
    assert not frame["faint"].any()


def test_what_is_not_picked_stands_back(measured):
    found = measured()
    frame = gap_frame(found, EN, ("02",))
    quintiles = quintile_frame(found, EN, ("02",))

    assert frame.loc[~frame["faint"], "id"].tolist() == ["02"]
    assert frame["id"].iloc[-1] == "02"
    held = found.units.loc["02", "quintile"]
    assert set(quintiles.loc[~quintiles["faint"], "quintile"]) == {held}


@languages
def test_the_strip_has_a_dot_for_each_way_and_a_ring_for_its_own(toy_city, tr):
    variants = every_variant(ask(toy_city, layers=["sensors", "docks"]))
    found = robustness_of(variants, ask(toy_city, layers=["sensors", "docks"]))
    frame = strip_frame(found, toy_city, tr)

    assert frame["dot"].tolist() == list(range(len(variants)))
    assert frame["asked"].sum() == 1
    assert frame["index"].tolist() == pytest.approx(
        variants["concentration_index"].round(4).tolist()
    )
    assert frame["what"].str.contains("200").sum() == (variants["border_m"] == 200).sum()
    assert strip_words(found, tr).count(str(found.of)) >= 1


@languages
def test_the_gaps_are_told_in_words_with_their_ends(measured, tr):
    words = gap_words(measured(), tr)

    assert toy.DISTRICTS["04"] in words
    assert toy.DISTRICTS["01"] in words


@languages
def test_no_part_of_the_wheel_shows_a_zero_as_if_it_were_a_finding(tr):
    counts = dict.fromkeys(ES, 0) | {"equity": 6}

    frame = wheel_frame(counts, (), tr).set_index("e")
    assert frame.loc["ecology", "count"] == tr("wheel.none")
    assert frame.loc["ecology", "colour"] == NOTHING
    assert frame.loc["equity", "count"] == "6"
    assert tr("wheel.none").replace("\n", " ") in wheel_words(counts, (), tr)


def test_no_hint_over_the_wheel_shows_its_geometry():
    layers = wheel_template(PAGE).to_dict()["layer"]

    assert all(layer["mark"]["tooltip"] is None for layer in layers)


@languages
def test_numbers_of_the_wheel_follow_the_partners_and_say_of_how_many(tr):
    counts, of = dict.fromkeys(ES, 6), dict.fromkeys(ES, 9)

    frame = wheel_frame(counts, (), tr, of)
    assert set(frame["count"]) == {tr("wheel.count_of", count=6, of=9)}


def test_ticks_are_written_as_the_language_writes_numbers():
    assert "'.', ','" in signed_ticks(Translator("es"))
    assert "'.', ','" in signed_ticks(Translator("pt"))
    assert "'.', '.'" in signed_ticks(EN)


@languages
def test_a_tick_at_nothing_has_neither_sign_nor_decimals(tr):
    assert signed_ticks(tr).startswith("(datum.value == 0 ? '0' : ")


@languages
def test_what_is_pointed_at_is_written_as_the_language_writes_numbers(measured, tr):
    found = measured()
    row = gap_frame(found, tr).set_index("id").loc["01"]

    assert row["points"] == tr.signed(found.units.loc["01", "gap"] * 100, 1)
    assert row["quotient"] == tr.number(found.units.loc["01", "location_quotient"], 2)


def texts_of(chart, rows):
    """Draw a chart with some data, and return the texts in it."""
    chart.datasets = {SOURCE: rows}
    return re.findall(r">([^<>]+)</text>", vlc.vegalite_to_svg(chart.to_dict()))


def drawn_ticks(tr, most):
    """Draw the bars of shares up to a value, and return the texts of their axis of shares."""
    rows = [
        {"quintile": quintile, "share": most * quintile / 5, "label": "", "faint": False}
        for quintile in range(1, 6)
    ]
    return [one for one in texts_of(within_template(tr, PAGE), rows) if "%" in one]


@languages
@pytest.mark.parametrize("most", [0.0003, 0.004, 0.013, 0.09, 0.6, 1])
def test_no_two_ticks_of_an_axis_of_shares_look_alike(tr, most):
    ticks = drawn_ticks(tr, most)

    assert len(ticks) > 2
    assert len(set(ticks)) == len(ticks)
    assert tr("number.percent", value="0") in ticks


@languages
def test_ticks_of_shares_are_written_as_the_language_writes_percentages(tr):
    ticks = drawn_ticks(tr, 0.009)

    assert tr("number.percent", value=tr.number(0.2, 1)) in ticks


def test_every_axis_of_shares_is_written_in_the_language_of_the_reader():
    charts = [one for one in LIBRARY if one.name.startswith("sixes_geo/charts/")]

    assert sum("percent_ticks(tr)" in one.text for one in charts) > 4
    none_of(one.name for one in charts if re.search(r"format=.[^,]*%", one.text))


@languages
def test_ticks_of_metres_and_kilometres_are_written_as_the_language_writes_numbers(tr):
    metres = [
        {"group": "1", "threshold_m": metres, "share": 0.5, "last": False, "asked": 500}
        for metres in (0, 1000, 2000)
    ]
    far = {"quintile": 1, "p10": 0.2, "p25": 0.4, "p50": 0.5, "p75": 0.6, "p90": 0.9}

    assert tr.number(1500, 0) in texts_of(distance_template(tr, PAGE), metres)
    assert tr.number(0.5, 1) in texts_of(nearest_template(tr, PAGE), [far])


@languages
def test_every_axis_of_numbers_is_written_in_the_language_of_the_reader(tr):
    whole = {"threshold_m", "p10", "p25", "p50", "p75", "p90", "gap", "share", "rank"}
    templates = [gap_template(tr, PAGE, "sites"), distance_template(tr, PAGE)]
    templates += [nearest_template(tr, PAGE), within_template(tr, PAGE)]
    axes = [
        (channel["field"], channel.get("axis") or {})
        for template in templates
        for layer in template.to_dict()["layer"]
        for channel in layer["encoding"].values()
        if isinstance(channel, dict) and channel.get("field") in whole and "axis" in channel
    ]

    assert {field for field, _ in axes} >= {"threshold_m", "p50", "gap", "share", "rank"}
    none_of(field for field, axis in axes if "labelExpr" not in axis)


def legends(part):
    """Return every legend in a chart."""
    if isinstance(part, dict):
        own = [part["legend"]] if isinstance(part.get("legend"), dict) else []
        return own + [one for inside in part.values() for one in legends(inside)]
    return [one for inside in part for one in legends(inside)] if isinstance(part, list) else []


@languages
def test_no_entry_of_a_legend_and_no_label_of_a_row_is_cut_off(tr):
    verdicts = [tr(f"strip.verdict.{name}") for name in LOOKS]
    long = "Río de Janeiro: Cámaras del Centro de Operaciones, 2026 (vigilancia)"
    dot = {"dot": 0, "row": "a", "index": 0, "asked": False, "what": "", "figures": "", "n": ""}
    bar = {"quintile": 1, "share": 0.2, "label": long}
    mark = {"label": long, "index": 0, "low": -0.1, "high": 0.1, "figures": "", "verdict": ""}

    strip = texts_of(strip_template(tr, PAGE, 1), [dot | {"verdict": one} for one in verdicts])
    assert set(verdicts) <= set(strip)
    assert len(set(verdicts)) == len(verdicts)
    assert long in texts_of(quintile_lines_template(tr, PAGE), [bar])
    assert long in texts_of(indices_template(tr, PAGE, 1), [mark])


@languages
def test_every_legend_of_several_columns_has_fewer_on_a_phone(tr):
    templates = [gap_template(tr, PAGE, "sites"), strip_template(tr, PAGE, 3)]
    templates += [quintile_template(tr, PAGE, "sites"), quintile_lines_template(tr, PAGE)]

    found = [one for template in templates for one in legends(template.to_dict())]

    assert len(found) >= len(templates)
    none_of(one for one in found if NARROW not in str(one["columns"]))


@languages
def test_the_title_of_every_axis_of_quintiles_is_in_lines_that_fit_on_a_phone(tr):
    templates = [quintile_template(tr, PAGE, "sites"), quintile_lines_template(tr, PAGE)]
    specs = [one.to_dict() for one in (*templates, within_template(tr, PAGE))]
    titles = [
        spec.get("encoding", spec.get("layer", [{}])[0].get("encoding"))["x"]["title"]
        for spec in specs
    ]

    assert len(titles) == 3
    for title in titles:
        assert ": ".join(title) == tr("chart.quintile_axis")
        assert max(map(len, title)) < 45
