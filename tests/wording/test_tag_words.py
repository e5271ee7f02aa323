"""Asking for Es and partners changes what is counted, drawn, listed and told, all alike."""

import csv
import io

import pytest

from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.change import contrasts_of
from sixes_geo.analysis.provision import counted_initiatives, gather, sites_shown
from sixes_geo.analysis.question import Variation, ask
from sixes_geo.analysis.robustness import every_variant
from sixes_geo.base.errors import ChoiceError
from sixes_geo.city.tables import read_initiatives
from sixes_geo.framework.tags import profiles
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.maps.scene import Addresses, Display, build_scene
from sixes_geo.output.initiative_table import initiative_table, tags_csv
from sixes_geo.output.records import full_record
from sixes_geo.output.unit_table import csv_table
from sixes_geo.wording import basis_words, headline
from sixes_geo.wording.tags import listed_headline, nothing_words


def asked(city, *layers, es=(), ps=()):
    return ask(city, layers=layers, variation=Variation(es=es, ps=ps))


def test_only_what_is_known_to_carry_an_e_is_counted(toy_city):
    choice = asked(toy_city, "whole", es=("equity",))

    assert [one.id for one in counted_initiatives(choice)] == ["docks", "sensors"]
    found = gather(choice)
    assert set(found.sites["initiative"]) == {"docks", "sensors"}
    assert found.accounting.read == 14  # ten sensors, one of no place and one far out; four docks
    assert found.accounting.citywide == 0


def test_es_and_partners_are_asked_for_together(toy_city):
    both = asked(toy_city, "whole", es=("equity", "efficiency"), ps=("private",))

    assert [one.id for one in counted_initiatives(both)] == ["docks"]


def test_the_newest_layer_takes_the_last_date_of_what_has_dates(toy_city):
    found = gather(asked(toy_city, "whole"))

    assert found.sites.loc[found.sites["initiative"] == "bikes", "year"].tolist() == [2024] * 3


def test_nothing_tagged_is_cannot_tell_and_never_zero(toy_city):
    found = assess(asked(toy_city, "rough", es=("ecology",)))

    assert found.test is None
    assert found.why_not.kind == "none_tagged"


def test_what_is_drawn_is_what_is_counted(toy_city):
    choice = asked(toy_city, "whole", es=("equity",))
    found = assess(choice)
    layer = next(one for one in toy_city.layers if one.layer == "whole")

    assert len(sites_shown(choice, layer)) == found.accounting.read
    scene = build_scene(found, Display(), Addresses("u", {"whole": "s"}, {}), Translator("en"))
    assert scene["sites"][0]["count"] == 13


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_says_to_what_it_is_restricted(toy_city, language):
    tr = Translator(language)
    found = assess(asked(toy_city, "whole", es=("equity", "ecology"), ps=("public",)))

    only = tr("tags.or", first=tr("tags.towards.ecology"), last=tr("tags.towards.equity"))
    assert tr("tags.only_es", es=only) in headline(found, tr)
    assert tr("tags.only_ps", ps=tr("tags.with.public")) in basis_words(found, tr)
    assert tr("tags.of_tagged", kept=1, of=5) in basis_words(found, tr)


def test_records_files_and_every_other_way_are_restricted_alike(toy_city):
    choice = asked(toy_city, "whole", es=("equity",))
    found = assess(choice)
    record = full_record(found, gather(choice))

    assert (record["e"], record["p"]) == (["equity"], [])
    assert record["n_used"] == found.accounting.used
    ways = every_variant(asked(toy_city, "whole", es=("equity",)))
    own = ways[(ways["unit"] == "district") & (ways["need_year"] == 2024) & (ways["border_m"] == 0)]
    assert found.test.index == pytest.approx(own["concentration_index"].iloc[0])
    rows = list(csv.DictReader(io.StringIO(csv_table(found, Translator("en")).decode("utf-8-sig"))))
    assert {row["only_e"] for row in rows} == {"equity"}
    assert {row["publishers"] for row in rows} == {"Toy Office"}
    assert all(not one.question.es for one in contrasts_of(choice))


def test_money_carries_no_e(toy_city):
    with pytest.raises(ChoiceError, match="belongs to no initiative"):
        asked(toy_city, "budget-2024", es=("equity",))


def test_what_does_not_exist_is_refused_with_what_does(toy_city):
    with pytest.raises(ChoiceError) as refusal:
        asked(toy_city, "whole", es=("x",), ps=("y",))

    assert "unknown E “x”; available: efficiency" in str(refusal.value)
    assert "unknown partner “y”; available: public" in str(refusal.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_headline_of_initiatives_names_what_they_are_for_and_with_whom(toy_city, language):
    tr = Translator(language)
    choice = asked(toy_city, "whole", es=("equity",), ps=("public", "private"))
    partners = tr("tags.or", first=tr("tags.with.public"), last=tr("tags.with.private"))

    text = listed_headline(choice, 2, 1, tr)
    assert tr("tags.that_es", count=2, es=tr("tags.towards.equity")) in text
    assert tr("tags.that_ps", ps=partners) in text
    nothing = nothing_words(choice, tr)
    assert tr("tags.only_es", es=tr("tags.towards.equity")) in nothing
    assert "2" not in nothing


@pytest.mark.parametrize("language", LANGUAGES)
def test_initiatives_are_a_table_and_tags_a_file(toy_city, language):
    tr = Translator(language)
    said = profiles(toy_city)
    found = [(one, said[one.id]) for one in read_initiatives(toy_city)]

    table = initiative_table(found, {"sensors": 8}, tr)
    assert len(table) == len(found)
    assert tr("tags.not_documented") in table.to_string()
    assert tr("initiatives.no_site") in table[tr("initiatives.sites")].tolist()
    rows = list(csv.DictReader(io.StringIO(tags_csv(toy_city, tr).decode("utf-8-sig"))))
    assert len(rows) == 15
    assert all(row["coder"] and row["evidence"] and row["source"] for row in rows)
