"""From several coders to what can be said: majorities, ties, silence, contradictions."""

from dataclasses import replace

import pytest
from house import some

from sixes_geo.city.tables import read_tags
from sixes_geo.city.tag import RESTRICTIONS, Tag
from sixes_geo.framework.agreement import agreement, codings_of_tags, disagreements
from sixes_geo.framework.listing import listed, listed_entries
from sixes_geo.framework.tags import carries, profiles, settled, settled_part
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.wording.tags import initiative_line, tag_words


def tags(*levels):
    return [
        Tag("x", "equity", level, False, f"coder {nth}", {"en": "because"}, "a source", "")
        for nth, level in enumerate(levels)
    ]


@pytest.mark.parametrize(
    ("levels", "level", "contested"),
    [
        ([], "unknown", False),
        (["unknown"], "unknown", False),
        (["primary"], "primary", False),
        (["primary", "unknown"], "primary", False),
        (["primary", "primary", "absent"], "primary", True),
        (["primary", "secondary"], "secondary", True),
        (["primary", "absent"], "unknown", True),
        (["absent"], "absent", False),
        (["primary", "secondary", "absent"], "secondary", True),
        (["primary", "secondary", "absent", "absent"], "unknown", True),
        (["primary", "primary", "secondary"], "primary", True),
    ],
)
def test_most_coders_decide_and_a_tie_is_unknown(levels, level, contested):
    found = settled(tags(*levels))

    assert (found.level, found.contested) == (level, contested)


@pytest.mark.parametrize(
    ("levels", "level", "part", "contested"),
    [
        ([], "unknown", None, False),
        (["partner"], "partner", True, False),
        (["operator", "funder"], "funder+operator", True, False),
        (["partner", "operator"], "operator", True, False),
        (["none"], "none", False, False),
        (["none", "operator"], "unknown", None, True),
        (["none", "operator", "operator"], "operator", True, True),
    ],
)
def test_partners_have_the_roles_of_all_coders_together(levels, level, part, contested):
    found = settled_part(tags(*levels))

    assert (found.level, found.takes_part, found.contested) == (level, part, contested)


def test_a_profile_says_what_is_carried_and_who_takes_part(toy_city):
    said = profiles(toy_city)

    assert said["sensors"].carried == ("equity",)
    assert said["sensors"].es["efficiency"].contested
    assert said["docks"].carried == ("equity",)
    assert said["docks"].es["ecology"].strengthen
    assert said["docks"].partners == ("private",)
    assert said["docks"].ps["people"].takes_part is False
    assert said["bikes"].ps["public"].takes_part is None
    assert said["rough"].tags == ()
    assert said["rough"].lacking[-1] == "engagement"


def test_nothing_asked_is_nothing_left_out_and_unknown_is_never_counted(toy_city):
    said = profiles(toy_city)

    assert carries(said["rough"], (), ())
    assert not carries(said["rough"], ("equity",), ())
    assert carries(said["docks"], ("equity", "ecology"), ("private",))
    assert not carries(said["docks"], ("ecology",), ())
    assert not carries(said["docks"], ("equity",), ("people",))


def test_coders_are_compared_on_what_both_coded(toy_city):
    said = codings_of_tags(read_tags(toy_city))

    found = agreement(said).set_index("of")

    assert found.loc["equity", ["first", "second", "n"]].tolist() == ["Ana", "Bo", 2]
    assert found.loc["equity", "agreed"] == 0.5
    assert found.loc["efficiency", "n"] == 1
    assert "ecology" not in found.index
    differing = disagreements(said)
    assert set(differing["thing"]) == {"sensors", "docks"}
    assert len(differing) == 4


@pytest.mark.parametrize(
    "levels",
    [
        ["operator", "funder"],
        ["partner", "operator"],
        ["none", "operator"],
        ["none", "operator", "operator"],
        ["unknown", "operator"],
        ["none", "none"],
    ],
)
def test_coders_of_a_partner_are_listed_as_differing_where_they_are_said_to_differ(levels):
    said = [replace(tag, dimension="public") for tag in tags(*levels)]

    assert bool(len(disagreements(codings_of_tags(said)))) == settled_part(said).contested


def test_one_coder_alone_agrees_with_nobody():
    assert agreement(codings_of_tags(tags("primary"))).empty
    assert disagreements(codings_of_tags(tags("primary"))).empty


@pytest.mark.parametrize("language", LANGUAGES)
def test_initiatives_are_listed_with_what_is_said_of_them(toy_city, language):
    tr = Translator(language)
    found = {one["id"]: one for one in listed(toy_city, tr)}

    sensors = found["sensors"]
    assert sensors["es"]["equity"] | {"tags": None} == {
        "level": "primary",
        "coder": "Ana",
        "evidence": f"Ana on equity ({language})",
        "source": "Toy Office",
        "source_url": "https://toy.example/tags",
        "basis": "",
        "page": "",
        "rests_on": "unstated",
        "strengthen": False,
        "contested": False,
        "tags": None,
    }
    assert len(sensors["es"]["equity"]["tags"]) == 2
    assert sensors["ps"]["public"]["roles"] == ["funder", "operator"]
    assert found["docks"]["ps"]["private"]["roles"] == ["unknown"]
    assert found["docks"]["ps"]["private"]["takes_part"] is True
    assert found["docks"]["ps"]["people"]["roles"] == ["none"]
    assert found["rough"]["es"]["equity"]["coder"] == ""
    assert found["centre"]["approach"] == "top-down"
    assert sensors["name"] in initiative_line(sensors, tr)
    operator = profiles(toy_city)["sensors"].ps["public"].tags[0]
    assert tr("tags.role.funder") in tag_words(operator, tr)


def test_nothing_is_added_up_over_the_es(toy_city):
    for one in some(listed(toy_city, Translator("en"))):
        plain = {key: value for key, value in one.items() if key not in ("es", "ps")}
        assert not [
            key for key, value in plain.items() if isinstance(value, int | float) is True
            and not isinstance(value, bool)
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("levels", "level", "contested"),
    [
        (["named"], "named", False),
        (["described"], "described", False),
        (["named", "described"], "named", False),
        (["named", "strengthen"], "named", False),
        (["strengthen"], "unknown", False),
        (["warning"], "unknown", False),
        (["strengthen", "warning", "absent"], "absent", False),
        (["named", "primary"], "named", False),
        (["described", "secondary"], "secondary", False),
        (["named", "described", "absent"], "unknown", True),
        (["named", "primary", "absent"], "named", True),
    ],
)
def test_what_is_asked_for_or_warned_of_is_never_there(levels, level, contested):
    found = settled(tags(*levels))

    assert (found.level, found.contested) == (level, contested)
    assert found.carried == (level not in ("unknown", "absent"))
    assert bool(found.basis) == found.carried


@pytest.mark.parametrize(
    ("levels", "level", "part"),
    [
        (["unstated"], "unstated", None),
        (["strengthen"], "unknown", None),
        (["unstated", "strengthen"], "unstated", None),
        (["unstated", "operator"], "operator", True),
        (["supplier", "sets-priorities"], "supplier+sets-priorities", True),
    ],
)
def test_a_partner_that_is_only_mentioned_or_asked_for_is_not_known_to_take_part(
    levels, level, part
):
    found = settled_part([replace(tag, dimension="people") for tag in tags(*levels)])

    assert (found.level, found.takes_part, found.contested) == (level, part, False)


def of_basis(level, basis, coder="A book"):
    return Tag("x", "equity", level, False, coder, {"en": "."}, "s", "", basis=basis)


@pytest.mark.parametrize(
    ("said", "basis", "rests_on"),
    [
        ([of_basis("named", "explicit")], "explicit", "any collective explicit"),
        ([of_basis("named", "collective")], "collective", "any collective"),
        ([of_basis("primary", "", "Ana")], "unstated", "any"),
        ([of_basis("described", "explicit")], "inferred", "any"),
        (
            [of_basis("described", "explicit"), of_basis("named", "collective")],
            "collective",
            "any collective",
        ),
        ([of_basis("primary", "explicit", "SixEs Geo, inferred")], "inferred", "any"),
        ([of_basis("strengthen", "strengthen")], "", ""),
        ([of_basis("absent", "explicit"), of_basis("strengthen", "strengthen")], "", ""),
    ],
)
def test_an_e_rests_on_the_strongest_basis_of_what_says_that_it_is_there(said, basis, rests_on):
    found = settled(said)

    assert found.basis == basis
    assert [one for one in RESTRICTIONS if found.rests_on(one)] == rests_on.split()


def test_what_we_read_into_a_text_is_no_second_coder_of_it():
    said = [of_basis("named", "collective"), of_basis("described", "explicit", "Us")]
    other = replace(of_basis("primary", "", "Ana"), origin="contributed")

    assert agreement(codings_of_tags(said)).empty
    assert agreement(codings_of_tags([*said, other]))["agreed"].tolist() == [1.0]
    assert disagreements(codings_of_tags([*said, other])).empty


def test_a_filter_can_be_restricted_to_what_is_said_of_the_initiative_itself(published):
    said = profiles(published("rio"))

    assert carries(said["operations-centre"], ("efficiency",), ())
    assert carries(said["operations-centre"], ("efficiency",), (), "collective")
    assert not carries(said["operations-centre"], ("efficiency",), (), "explicit")
    assert carries(said["plataforma-saude"], ("equity",), ("people",), "explicit")
    assert said["knowledge-centres"].carried_on("any") == ("education",)
    assert said["knowledge-centres"].carried_on("collective") == ()


def test_groups_actors_and_events_are_listed_with_their_pages_and_tags():
    found = {one["id"]: one for one in listed_entries("medellin", Translator("en"))}

    assert "advice-rio" not in found
    assert found["medellin-ppps"]["page"] == "23"
    assert {tag["level"] for tag in found["medellin-ppps"]["tags"]} == {
        "named",
        "warning",
        "strengthen",
    }
    assert found["scewc"]["city"] == "region"
    assert len(listed_entries(None, Translator("es"))) > len(found)
