"""By E and by partnership: who is in a group, how sites are counted, what cannot be told."""

from dataclasses import replace

import pytest
from house import some

from sixes_geo.analysis import six_es
from sixes_geo.analysis.options import whole_layer
from sixes_geo.analysis.question import Variation, ask
from sixes_geo.analysis.ranking import DRAWS, rank_by, ranked_units, unit_figures
from sixes_geo.analysis.six_es import (
    against_efficiency,
    by_e,
    by_partner,
    by_partnership,
    single_initiative,
)
from sixes_geo.charts.six_es import six_es_frame, six_es_words
from sixes_geo.city.catalog import city_names
from sixes_geo.city.model import ES
from sixes_geo.city.table_checks import CARRIED
from sixes_geo.city.tables import read_initiatives
from sixes_geo.city.tag import RESTRICTIONS
from sixes_geo.framework.tags import profiles
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.measures import IndexDifference, placement_test, weighted_placement_test
from sixes_geo.wording import interval_words
from sixes_geo.wording.six_es import (
    answer_words,
    caution_words,
    contrast_of,
    contrast_words,
    difference_table,
    group_label,
    group_table,
    group_words,
    left_out_words,
)


@pytest.fixture
def whole(toy_city):
    return ask(toy_city, layers=["whole"])


@pytest.fixture
def few_will_do(monkeypatch):
    """Test groups of a few sites, since the toy city has no larger ones."""
    monkeypatch.setattr(six_es, "LEAST_SITES_OF_GROUP", 2)


def test_a_group_holds_what_is_known_to_carry_an_e(whole):
    found = {one.of[0]: one for one in by_e(whole)}

    assert [one.id for one in found["equity"].initiatives] == ["docks", "sensors"]
    assert found["equity"].placed == {"sensors": 8, "docks": 4}
    assert found["equity"].largest == ("sensors", pytest.approx(2 / 3))
    assert [one.id for one in found["efficiency"].initiatives] == ["bikes", "centre"]
    assert found["efficiency"].placed == {"bikes": 3}
    assert found["efficiency"].in_paper == 0  # the centre is named there, and has no site
    assert found["ecology"].initiatives == ()
    assert found["ecology"].sites == 0


def test_of_too_few_sites_nothing_is_said(whole):
    found = {one.of[0]: one for one in by_e(whole)}

    assert found["equity"].full is not None
    assert found["efficiency"].full is found["efficiency"].fractional is None
    assert found["efficiency"].why_not.kind == "too_few_sites"
    assert against_efficiency(whole, tuple(found.values())) == {}


def test_full_counting_is_the_test_of_its_sites(whole):
    found = by_e(whole)[3]

    ranked = ranked_units(unit_figures(whole, found.provision))
    order = rank_by(whole, ranked["need"])
    alone = placement_test(ranked["sites"], ranked["population"], order, draws=DRAWS)
    assert ranked["sites"].tolist() == [2, 2, 2, 6]
    assert found.full == alone


@pytest.mark.usefixtures("few_will_do")
def test_fractional_counting_shares_a_site_among_its_groups(whole):
    public, private, _ = by_partner(whole)
    assert public.full.index == pytest.approx(public.fractional.index)
    assert private.placed == {"docks": 4}

    found = {one.of: one for one in by_partnership(whole)}
    assert list(found) == [("public",), ("private",), ()]
    assert [one.id for one in found[()].initiatives] == ["bikes", "centre", "programme"]


def test_a_site_of_two_groups_counts_half_in_either(whole, monkeypatch):
    monkeypatch.setattr(six_es, "LEAST_SITES_OF_GROUP", 2)
    members = by_e(whole)
    both = tuple(one for one in members[3].initiatives)
    two = six_es._groups(whole, {("a",): both, ("b",): both[:1]})

    provision = two[0].provision
    ranked = ranked_units(unit_figures(whole, provision))
    weights = provision.sites["initiative"].map({"docks": 0.5, "sensors": 1.0})
    by_hand = weighted_placement_test(
        weights,
        provision.sites["unit"],
        ranked["population"],
        rank_by(whole, ranked["need"]),
        draws=DRAWS,
    )
    assert two[0].fractional.index == pytest.approx(by_hand.index)
    assert two[0].fractional.index != pytest.approx(two[0].full.index)


@pytest.mark.usefixtures("few_will_do")
def test_each_e_is_set_beside_efficiency(whole):
    found = by_e(whole)

    differences = against_efficiency(whole, found)

    assert set(differences) == {"equity"}
    one = differences["equity"]
    assert (one.n_before, one.n_after, one.n_kept) == (3, 12, 0)
    assert one.difference == pytest.approx(found[3].full.index - found[0].full.index)
    assert one.verdict == "cannot_tell"  # three sites of efficiency


def test_one_initiative_alone_is_the_layer_that_holds_nothing_else(toy_city, measured):
    choice = ask(toy_city, layers=["docks"], variation=Variation(es=("equity",)))

    found = single_initiative(choice, "sensors")

    assert found.sites == 8
    assert found.full is None  # of eight sites nothing is said
    assert measured("sensors").test.n == 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_groups_are_told_in_words_and_tables(whole, language):
    tr = Translator(language)
    found = by_e(whole)
    names = {"sensors": "Sensors"}

    table = group_table(found, "e", names, tr)
    assert len(table) == 6
    assert "Sensors" in table.to_string()
    assert tr("tags.e.equity") in table.iloc[3].to_string()
    frame = six_es_frame(found, "e", names, tr)
    assert len(frame) == 2
    assert all("n = 12" in label for label in frame["label"])
    assert frame["label"][0] in six_es_words(frame, tr)
    assert "3" in answer_words(found, {}, tr)
    assert difference_table({}, tr).empty
    partners = by_partnership(whole)
    assert group_words(partners[-1], tr) == tr("tags.not_documented")
    assert len(group_table(partners, "partnership", names, tr)) == len(partners)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("few_will_do")
def test_the_answer_follows_the_difference(whole, language):
    tr = Translator(language)
    found = by_e(whole)
    differences = against_efficiency(whole, found)

    words = interval_words(differences["equity"].difference, differences["equity"].interval, tr)
    assert answer_words(found, differences, tr) == tr("six_es.answer.cannot_tell", difference=words)
    assert len(difference_table(differences, tr)) == 1


def difference(value, verdict):
    """Return a difference of indices, as measured elsewhere."""
    return IndexDifference(
        before=0.0,
        after=value,
        difference=value,
        interval=(value - 0.2, value + 0.2),
        verdict=verdict,
        n_before=20,
        n_after=30,
        n_kept=0,
        draws=1,
        seed=0,
    )


def test_what_can_be_told_comes_first_and_equity_before_all():
    told = {
        "economy": difference(0.3, "to_better_off"),
        "education": difference(-0.5, "to_worse_off"),
        "ecology": difference(0.9, "cannot_tell"),
    }

    assert contrast_of(told) == "education"
    assert contrast_of(told | {"equity": difference(0.25, "to_better_off")}) == "equity"
    assert contrast_of({"ecology": told["ecology"]}) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_contrast_carries_its_interval_its_sites_and_its_cautions(whole, language):
    tr = Translator(language)
    one = difference(-0.5, "to_worse_off")

    words = contrast_words("education", one, tr)
    assert interval_words(one.difference, one.interval, tr) in words
    assert "30" in words
    assert "20" in words
    caution = caution_words(by_e(whole), 1, ["A coder"], {"docks": "The docks"}, tr)
    assert "The docks" in caution
    assert "A coder" in caution
    assert "1 de 5" in caution.replace(" of ", " de ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_that_is_one_network_is_named_for_it(whole, language):
    tr = Translator(language)
    found = {one.of[0]: one for one in by_e(whole)}
    names = {"bikes": "City bikes", "sensors": "Sensors"}

    alone = group_label(found["efficiency"], names, tr)
    assert alone == tr("six_es.only", name=tr("tags.e.efficiency"), network="City bikes")
    assert group_label(found["equity"], names, tr) == tr("tags.e.equity")
    almost = replace(found["equity"], placed={"sensors": 99, "docks": 1})
    assert group_label(almost, names, tr) == tr(
        "six_es.almost", name=tr("tags.e.equity"), network="Sensors"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_listed_and_not_measured_is_named_with_the_reason(toy_city, whole, language):
    tr = Translator(language)
    listed = read_initiatives(toy_city)
    gone = replace(listed[0], status="ended")
    watching = replace(listed[1], role="surveillance")
    rest = [replace(one, status="operating", role="initiative") for one in listed[2:]]

    text = left_out_words([gone, watching, *rest], {one.id for one in rest[1:]}, tr)
    for kind, one in (("past", gone), ("watching", watching), ("other", rest[0])):
        assert tr(f"six_es.left.{kind}", names=tr.text(one.name)) in text
    table = group_table(by_e(whole), "e", {}, tr, {("equity",): 7})
    assert tr("six_es.of", count=2, of=7) in table[tr("six_es.initiatives")].tolist()


@pytest.mark.parametrize("name", city_names())
def test_what_is_only_asked_for_or_warned_of_is_in_no_group(name, published):
    city = published(name)
    whole = ask(city, layers=[whole_layer(city)])
    said = profiles(city)

    for group in some(by_e(whole)):
        for one in group.initiatives:
            levels = {tag.level for tag in said[one.id].es[group.of[0]].tags}
            assert levels & set(CARRIED)
        assert set(group.bases) == {one.id for one in group.initiatives}
        assert sum(group.rests_on.values()) == len(group.initiatives)


def test_the_groups_tell_what_they_rest_on_and_can_be_restricted_to_it(published):
    city = published("medellin")
    whole = ask(city, layers=[whole_layer(city)])
    found = {
        basis: {group.of[0]: group for group in by_e(replace(whole, basis=basis))}
        for basis in RESTRICTIONS
    }

    assert found["any"]["equity"].rests_on == {"inferred": 8}
    assert found["any"]["economy"].rests_on == {"collective": 1, "inferred": 1}
    assert [one.id for one in found["collective"]["economy"].initiatives] == ["ruta-n"]
    assert not any(group.initiatives for group in found["explicit"].values())
    assert found["explicit"]["equity"].why_not.kind == "too_few_sites"
    public = {
        basis: {group.of[0]: group for group in by_partner(replace(whole, basis=basis))}["public"]
        for basis in RESTRICTIONS
    }
    assert set(public["any"].rests_on) == {"explicit", "inferred"}
    assert set(public["explicit"].rests_on) == {"explicit"}
    assert public["explicit"].sites < public["any"].sites


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_groups_says_what_each_rests_on(language, published):
    tr = Translator(language)
    city = published("medellin")
    groups = by_e(ask(city, layers=[whole_layer(city)]))

    table = group_table(groups, "e", {}, tr)

    told = dict(zip(ES, table[tr("six_es.rests_on")], strict=True))
    assert told["equity"] == f"8 {tr('tags.basis.inferred')}"
    assert tr("tags.basis.collective") in told["economy"]
    assert told["ecology"] == ""
