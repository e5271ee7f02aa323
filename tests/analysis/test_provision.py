"""Every row that is read is used, outside, unlocated or city-wide; none is lost."""

import json
from pathlib import Path

import pytest
import toy
from house import some

from sixes_geo.analysis.options import layers_named, weight_options
from sixes_geo.analysis.provision import gather, initiatives_of, per_head, sites_of
from sixes_geo.analysis.question import Variation, ask
from sixes_geo.base.errors import ChoiceError
from sixes_geo.city.investment import read_investment
from sixes_geo.city.tables import read_sites

GEODATA = Path(__file__).parents[2] / "geodata"


def published_layers():
    """List (city, unit, layer) straight from the manifests."""
    for path in sorted(GEODATA.glob("*/datapackage.json")):
        manifest = json.loads(path.read_text(encoding="utf-8"))
        for unit in manifest["sixes:units"]:
            for layer in manifest["sixes:layers"]:
                if layer.get("unit", unit["unit"]) != unit["unit"]:
                    continue  # money that is told for another level of units
                yield path.parent.name, unit["unit"], layer["layer"]


def gathered(city, *layers, **options):
    return gather(ask(city, layers=layers, **options))


def adds_up(found):
    rows = found.accounting
    return rows.read == rows.used + rows.outside + rows.unlocated + rows.citywide


@pytest.mark.parametrize("unit", ["district", "zone"])
@pytest.mark.parametrize("layer", toy.LAYERS)
def test_the_rows_of_every_toy_layer_add_up(toy_city, layer, unit):
    for weight in some(weight_options(layers_named(toy_city, [layer]))):
        found = gathered(toy_city, layer, unit=unit, weight=weight)

        assert adds_up(found)
        assert found.accounting.used == len(found.sites)
        assert len(found.counts) == len(found.amounts) == (4 if unit == "district" else 16)


@pytest.mark.parametrize(("city", "unit", "layer"), list(published_layers()))
def test_the_rows_of_every_published_layer_add_up(published, city, unit, layer):
    found_city = published(city)
    weight = weight_options(layers_named(found_city, [layer]))[0]
    found = gathered(found_city, layer, unit=unit, weight=weight)
    if weight == "amount":
        assert adds_up(found)
        assert found.accounting.used == found.amounts.notna().sum()
        return

    assert adds_up(found)
    assert found.accounting.used == len(found.sites)
    assert found.accounting.read >= len(sites_of(found_city, found_city.layer_named(layer)))
    assert found.counts.sum() == pytest.approx(found.accounting.used)


def test_sensors_are_counted_by_hand(toy_city):
    found = gathered(toy_city, "sensors")
    rows = found.accounting

    assert found.counts.to_dict() == toy.SENSORS
    assert (rows.read, rows.used, rows.outside, rows.unlocated, rows.citywide) == (10, 8, 1, 1, 0)
    assert (rows.without_capacity, rows.approximate) == (0, 0)
    assert found.unplaced == ()


def test_a_site_on_a_border_counts_once_at_both_levels(toy_city):
    zones = gathered(toy_city, "sensors", unit="zone").counts

    assert zones["0102"] == 1
    assert zones["0201"] == 1
    assert zones.sum() == 8


def test_a_city_wide_initiative_with_a_seat_stands_nowhere(toy_city):
    found = gathered(toy_city, "centre")

    assert (found.accounting.read, found.accounting.citywide) == (1, 1)
    assert found.counts.sum() == 0
    assert [one.id for one in found.unplaced] == ["centre"]


def test_an_initiative_without_a_place_is_unlocated_and_listed(toy_city):
    found = gathered(toy_city, "programme")

    assert (found.accounting.read, found.accounting.unlocated) == (1, 1)
    assert [one.id for one in found.unplaced] == ["programme"]


def test_a_mixed_layer_counts_each_kind_apart(toy_city):
    found = gathered(toy_city, "named")
    rows = found.accounting

    assert (rows.read, rows.used, rows.outside, rows.unlocated, rows.citywide) == (12, 8, 1, 2, 1)
    assert [one.id for one in found.unplaced] == ["centre", "programme"]
    assert found.counts.to_dict() == toy.SENSORS


def test_layers_that_overlap_are_not_counted_together(toy_city):
    with pytest.raises(ChoiceError, match="together"):
        gathered(toy_city, "sensors", "named")


def test_the_order_of_layers_changes_no_count(toy_city):
    one = gathered(toy_city, "sensors", "docks", "centre")
    other = gathered(toy_city, "centre", "docks", "sensors")

    assert one.counts.to_dict() == other.counts.to_dict()
    assert one.accounting == other.accounting
    assert one.accounting.read == 15


def test_a_line_stands_where_its_middle_lies(toy_city):
    assert gathered(toy_city, "lanes").counts.to_dict() == {"01": 0, "02": 1, "03": 0, "04": 1}


def test_an_approximate_site_counts_by_the_parts_of_its_disc(toy_city):
    found = gathered(toy_city, "rough")

    assert found.accounting.approximate == 1
    assert found.counts["02"] == 1
    assert found.counts["03"] + found.counts["04"] == pytest.approx(1)
    assert found.counts["04"] == pytest.approx(0.2918, abs=0.005)
    assert found.amounts.to_dict() == found.counts.to_dict()


def test_an_approximate_site_at_a_corner_is_a_quarter_in_each(toy_city):
    counts = gathered(toy_city, "corner", unit="zone").counts

    assert counts[counts > 0].to_dict() == pytest.approx(
        dict.fromkeys(["0104", "0203", "0302", "0401"], 0.25)
    )


def test_capacity_is_added_up_and_what_has_none_is_told(toy_city):
    found = gathered(toy_city, "docks", weight="capacity")

    assert {unit: amount for unit, amount in found.amounts.items() if amount} == toy.DOCKS
    assert found.counts.to_dict() == {"01": 1, "02": 1, "03": 0, "04": 2}
    assert found.accounting.without_capacity == 1


def test_counts_do_not_depend_on_what_is_weighed(toy_city):
    by_sites = gathered(toy_city, "rough").counts
    by_docks = gathered(toy_city, "rough", weight="capacity").counts

    assert by_docks.to_dict() == pytest.approx(by_sites.to_dict())


def test_what_an_approximate_site_holds_is_shared_as_its_disc_is(toy_city):
    parts = gathered(toy_city, "rough").counts
    found = gathered(toy_city, "rough", weight="capacity")

    assert found.accounting.approximate == 1
    assert found.amounts["04"] == pytest.approx(6 * parts["04"])
    assert found.amounts.sum() == pytest.approx(8)


def test_a_layer_may_take_one_year_of_an_initiative(published):
    city = published("santiago")
    years = {
        layer: set(sites_of(city, city.layer_named(layer))["year"])
        for layer in ("bike-share-2015", "bike-share-2022", "bike-share-2026")
    }

    assert years == {
        "bike-share-2015": {2015},
        "bike-share-2022": {2022},
        "bike-share-2026": {2026},
    }


def test_initiatives_come_in_the_order_of_the_table(toy_city):
    found = initiatives_of(
        toy_city, layers_named(toy_city, ("sensors", "centre", "lanes", "named"))
    )

    assert [one.id for one in found] == ["centre", "lanes", "programme", "sensors"]


def test_nothing_that_is_read_is_changed(toy_city):
    before = read_sites(toy_city).copy()

    gathered(toy_city, "sensors", "docks", "centre")

    assert list(read_sites(toy_city).columns) == list(before.columns)
    assert read_sites(toy_city).drop(columns="geometry").equals(before.drop(columns="geometry"))


def test_a_site_near_a_moved_border_counts_on_both_sides(toy_city):
    found = gathered(toy_city, "sensors", variation=Variation(200))

    assert found.counts.to_dict() == pytest.approx({"01": 0.5, "02": 1.5, "03": 2, "04": 4})
    assert found.whole_counts.to_dict() == toy.SENSORS
    assert found.accounting == gathered(toy_city, "sensors").accounting


def test_a_rough_place_keeps_its_own_disc_where_that_is_larger(toy_city):
    at_once, moved = (
        gathered(toy_city, "corner", variation=Variation(border)) for border in (0, 200)
    )

    assert moved.counts.to_dict() == pytest.approx(at_once.counts.to_dict())


@pytest.mark.parametrize(
    ("city", "layer"), [("santiago", "bus-stops-2017"), ("rio", "cameras-2026")]
)
def test_a_moved_border_takes_in_sites_and_loses_none(published, city, layer):
    at_once, moved = (
        gathered(published(city), layer, variation=Variation(border)) for border in (0, 200)
    )

    assert adds_up(moved)
    assert moved.accounting.read == at_once.accounting.read
    assert moved.accounting.used >= at_once.accounting.used
    assert moved.counts.sum() == pytest.approx(moved.accounting.used)
    assert (moved.counts - at_once.counts).abs().max() > 0


def test_an_initiative_that_is_left_out_is_not_read(toy_city):
    both = gathered(toy_city, "sensors", "docks", variation=Variation(0, "docks"))

    assert both.counts.to_dict() == toy.SENSORS
    assert both.accounting == gathered(toy_city, "sensors").accounting
    assert [
        one.id for one in gathered(toy_city, "named", variation=Variation(0, "programme")).unplaced
    ] == ["centre"]


def test_money_is_counted_by_unit_and_has_no_sites(toy_city):
    found = gathered(toy_city, "budget-2024", weight="amount")
    layer = toy_city.layer_named("budget-2024")
    unit = toy_city.units[0]
    spent = read_investment(toy_city, unit, 2024).amounts

    assert found.sites.empty
    assert found.whole_counts.sum() == 0
    assert found.amounts.equals(spent)
    assert adds_up(found)
    assert found.accounting.used == spent.notna().sum()
    assert per_head(toy_city, unit, layer).to_dict() == pytest.approx(
        {name: spent[name] / toy.PEOPLE[name] for name in toy.PEOPLE}, nan_ok=True
    )
