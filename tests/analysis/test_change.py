"""A network at its dates: what was kept, gained and lost, and whether it moved."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.change import contrasts_of, dates_of, mutual_nearest, series_of, steps_of
from sixes_geo.analysis.cities import NAMED_KINDS, OPENING, kinds_of, question_for, side_by_side
from sixes_geo.analysis.options import layers_named
from sixes_geo.analysis.question import ask
from sixes_geo.charts.compare import (
    curves_frame,
    curves_template,
    indices_frame,
    indices_template,
    quintile_lines_frame,
    quintile_lines_template,
)
from sixes_geo.charts.style import PAGE
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.maps.change import change_drawing
from sixes_geo.wording.compare import city_label, comparison_table, layer_label, step_words

EN = Translator("en")
CITIES = ("medellin", "rio", "santiago")
places = st.lists(
    st.tuples(st.integers(0, 2000), st.integers(0, 2000)), min_size=1, max_size=20, unique=True
)


def at(points):
    return pd.DataFrame(points, columns=["x", "y"], dtype=float)


def test_the_dates_of_the_toy_bikes(toy_city):
    found = dates_of(ask(toy_city, layers=["bikes-2024"]))

    assert [one.question.layer_names for one in found.assessments] == [
        ("bikes-2020",),
        ("bikes-2024",),
    ]
    step = found.steps[0]
    counts = step.sites["change"].value_counts()
    before, after = (one.accounting.used for one in found.assessments)
    assert counts.get("kept", 0) + counts.get("lost", 0) == before
    assert counts.get("kept", 0) + counts.get("gained", 0) == after
    assert step.difference.before == pytest.approx(found.assessments[0].test.index)
    assert step.difference.after == pytest.approx(found.assessments[1].test.index)


def test_bike_share_of_santiago_grew_outwards_and_shrank_back(published):
    city = published("santiago")
    found = dates_of(ask(city, layers=["bike-share-2022"]))

    assert [one.test.n for one in found.assessments] == [142, 238, 198]
    assert [one.difference.verdict for one in found.steps] == ["to_worse_off", "to_better_off"]
    assert steps_of(city, layers_named(city, ["bike-share-2022"])) == 2


def test_each_year_of_money_is_ranked_by_the_need_of_its_year(published):
    city = published("medellin")
    choice = ask(city, layers=["public-investment-2024"], weight="amount")
    found = dates_of(choice)

    years = {one.question.layers[0].layer[-4:]: one.question.year for one in found.assessments}
    assert years["2014"] == 2014
    assert years["2008"] == 2024  # no need figure is that old
    assert found.steps == ()
    assert steps_of(city, layers_named(city, ["public-investment-2024"])) == 0


def test_a_layer_of_one_date_has_no_series(toy_city):
    choice = ask(toy_city, layers=["docks"])

    assert series_of(choice) is None
    assert dates_of(choice) is None


@given(places, places)
def test_no_place_is_kept_twice_and_only_near_ones_are(one, other):
    pairs = mutual_nearest(at(one), at(other), 100)

    assert len(set(pairs[:, 0])) == len(set(pairs[:, 1])) == len(pairs)
    far = np.hypot(*(at(one).to_numpy()[pairs[:, 0]] - at(other).to_numpy()[pairs[:, 1]]).T)
    assert (far <= 100).all()


def test_everything_is_kept_where_nothing_moved():
    same = at([(0, 0), (500, 0), (0, 900)])

    assert mutual_nearest(same, same, 100).tolist() == [[0, 0], [1, 1], [2, 2]]
    assert len(mutual_nearest(same, same.iloc[:0], 100)) == 0


@pytest.mark.parametrize("name", CITIES)
def test_a_contrast_is_an_ordinary_service_and_never_an_initiative(published, name):
    city = published(name)
    choice = ask(city, layers=city.view.layers)
    found = contrasts_of(choice)

    assert found
    roles = {one.layer: one.role for one in city.layers}
    assert {roles[one.question.layers[0].layer] for one in found} == {"contrast"}
    assert all("contrast" in layer_label(one, EN) for one in found)
    assert all(
        one.question.need == choice.need and one.question.unit == choice.unit for one in found
    )


def test_cities_are_measured_each_by_its_own_need(published):
    cities = [published(name) for name in CITIES]
    kinds = kinds_of(cities)

    assert next(iter(kinds)) == OPENING
    assert {"bike-share", "transit", "bus-stop"} <= set(kinds)
    assert set(kinds) - {OPENING} <= set(NAMED_KINDS)
    found = side_by_side(cities, OPENING)
    assert [one.city.city for one in found] == list(CITIES)
    for one in found:
        alone = assess(ask(one.city, layers=one.city.view.layers))
        assert one.test.index == alone.test.index
    assert [one.city.city for one in side_by_side(cities, "bike-share")] == ["medellin", "santiago"]
    assert question_for(published("rio"), "bike-share") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_and_cities_are_told_and_drawn_in_every_language(published, language):
    tr = Translator(language)
    city = published("medellin")
    found = dates_of(ask(city, layers=["encicla-2026"]))
    labelled = [(city_label(one, tr), one) for one in found.assessments]
    table = comparison_table(labelled, tr)

    assert len(table) == len(indices_frame(labelled, tr)) == 2
    assert table.notna().all(axis=None)
    assert "{" not in step_words(found.steps[0], tr)
    frame = quintile_lines_frame(labelled, tr)
    assert frame.groupby("label")["share"].sum().round(2).eq(1).all()
    assert set(curves_frame(labelled)["label"]) == {label for label, _ in labelled}
    for template in (
        curves_template(tr, PAGE),
        quintile_lines_template(tr, PAGE),
        indices_template(tr, PAGE, 2),
    ):
        assert "datasets" not in template.to_dict()


def test_the_map_of_change_counts_what_it_draws(published):
    city = published("medellin")
    found = dates_of(ask(city, layers=["encicla-2026"]))
    step = found.steps[0]
    addresses = {change: f"/{change}" for change in ("kept", "gained", "lost")}
    drawing = change_drawing(found.assessments[1], step, addresses, "alt", EN)

    assert {one["title"]: one["count"] for one in drawing.sites} == {
        "kept": 58,
        "gained": 14,
        "lost": 10,
    }
    assert len({(one["mark"], one["colour"]) for one in drawing.sites}) == 3
