"""Every way to put the question is measured as it would be by itself, and none is hidden."""

import math

import pytest
from house import some

from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.provision import gather
from sixes_geo.analysis.question import Variation, ask
from sixes_geo.analysis.robustness import (
    VARIANT,
    every_variant,
    question_of_variant,
    robustness_of,
)


def chosen(city, row):
    return ask(
        city,
        layers=["sensors", "docks"] if row.without else ["sensors"],
        unit=row.unit,
        need=f"{row.need}:{row.need_year}",
        weight=row.weight,
        variation=Variation(row.border_m, row.without),
    )


def test_every_combination_is_there_once(toy_city):
    found = every_variant(ask(toy_city, layers=["docks"]))
    needs = {("district", "income", 2024), ("district", "income", 2020)}
    needs |= {("district", "poverty", 2022), ("zone", "income", 2024)}

    assert not found.duplicated(VARIANT).any()
    assert set(found[["unit", "need", "need_year"]].itertuples(index=False, name=None)) >= needs
    assert set(found["weight"]) == {"sites", "capacity"}
    assert set(found["border_m"]) == {0, 200}
    assert len(found[found["unit"] == "district"]) == 3 * 2 * 2


def test_each_dot_has_the_index_of_the_view_it_opens(toy_city):
    found = every_variant(ask(toy_city, layers=["sensors"]))

    for row in some(found.itertuples(index=False)):
        alone = assess(chosen(toy_city, row)).test
        assert row.concentration_index == pytest.approx(alone.index)
        assert row.n == alone.n
        assert row.lower <= row.concentration_index <= row.upper


def test_the_largest_initiative_is_left_out_where_another_remains(toy_city):
    found = every_variant(ask(toy_city, layers=["sensors", "docks"]))

    assert set(found["without"]) == {"", "sensors"}
    assert set(found.loc[found["without"] == "sensors", "n"]) <= {4}
    assert set(every_variant(ask(toy_city, layers=["sensors"]))["without"]) == {""}


def test_what_cannot_be_measured_is_no_dot(toy_city):
    assert every_variant(ask(toy_city, layers=["programme"])).empty
    assert set(every_variant(ask(toy_city, layers=["empty-docks"]))["weight"]) == {"sites"}


def test_sides_are_counted_against_the_one_shown(toy_city):
    variants = every_variant(ask(toy_city, layers=["sensors"]))
    own = ask(toy_city, layers=["sensors"])
    found = robustness_of(variants, own)
    index = variants["concentration_index"]

    assert found.of == len(variants)
    assert found.same_side == (index > 0).sum()
    assert found.share == pytest.approx((index > 0).mean())
    assert found.variants["asked"].sum() == 1
    turned = robustness_of(variants, ask(toy_city, layers=["sensors"], need="income:2020"))
    assert turned.same_side == (index < 0).sum()
    assert found.same_verdict <= found.same_side


def test_nothing_is_on_the_same_side_as_nothing(toy_city):
    found = robustness_of(
        every_variant(ask(toy_city, layers=["programme"])), ask(toy_city, layers=["programme"])
    )

    assert (found.of, found.same_side) == (0, 0)
    assert math.isnan(found.share)


def test_what_stands_where_is_asked_for_once_for_all_needs(toy_city):
    asked = []

    def keeping(question):
        unit = question.unit.unit
        asked.append((unit, question.weight, question.border, question.without))
        return gather(question)

    found = every_variant(ask(toy_city, layers=["sensors"]), gathered=keeping)
    places = found[["unit", "weight", "border_m", "without"]].drop_duplicates()
    assert set(asked) == set(places.itertuples(index=False, name=None))
    assert len(asked) == len(places) + 1


def test_the_question_of_each_variant_is_the_one_whose_answer_it_holds(toy_city):
    asked = ask(toy_city, layers=["sensors", "docks"], seed=3)
    variants = every_variant(asked)

    for place, row in enumerate(variants.to_dict("records")):
        found = robustness_of(variants, question_of_variant(asked, row))
        assert found.variants["asked"].tolist().index(True) == place
        assert found.variants["asked"].sum() == 1
    assert question_of_variant(asked, row).seed == 3
    assert question_of_variant(asked, row).layers == asked.layers
