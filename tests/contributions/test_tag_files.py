"""Tags of further coders: read by row, kept by coder, replaced, taken out of use."""

import csv
import io
import time

import pytest

from sixes_geo.base import limits
from sixes_geo.base.errors import ChoiceError
from sixes_geo.city.model import ES, SHIPPED
from sixes_geo.city.tables import read_initiatives, read_tags
from sixes_geo.contributions.cities import open_city
from sixes_geo.contributions.merge import tag_files
from sixes_geo.contributions.tag_files import keep_tags, remove_tags, tags_added, tags_from_file
from sixes_geo.framework.agreement import agreement, codings_of_tags
from sixes_geo.i18n import Translator
from sixes_geo.output.initiative_table import tags_csv
from sixes_geo.store import contributions


def coder_file(*rows) -> bytes:
    heads = "initiative,dimension,level,coder,evidence,source\n"
    return (heads + "\n".join(rows)).encode()


def test_a_further_coder_is_read_beside_the_others(toy_city):
    content = coder_file("docks,equity,absent,Zoe,Saw it,Field notes")

    table = tags_from_file(toy_city, content, "zoe.csv")
    keep_tags(toy_city, table)

    city = open_city("toy", toy_city.folder.parent)
    tag = next(one for one in read_tags(city) if one.coder == "Zoe")
    assert (tag.initiative, tag.level, tag.evidence["pt"]) == ("docks", "absent", "Saw it")
    assert len(read_tags(city)) == len(read_tags(toy_city)) + 1
    assert b"Zoe" in tags_csv(city, Translator("es"))


def test_every_fault_of_a_coder_is_told_by_row(toy_city):
    content = coder_file(
        "nowhere,equity,primary,Zoe,x,y",
        "docks,equity,maybe,Zoe,x,y",
        "docks,public,operator+king,Zoe,x,y",
        "docks,ecology,primary,Ana,x,y",
        "docks,education,primary,Zoe,,",
    )

    with pytest.raises(ChoiceError) as refusal:
        tags_from_file(toy_city, content, "zoe.csv")

    said = str(refusal.value)
    for row, what in (
        (2, "“nowhere” is not an initiative of this city"),
        (3, "Level (level) cannot be “maybe”; it can be: primary, secondary"),
        (4, "Level (level) cannot be “operator+king”"),
        (5, "the name “Ana” belongs to another coder"),
        (6, "missing: Evidence (evidence), Source (source)"),
    ):
        assert f"line {row}: {what}" in said
    assert said.startswith("File zoe.csv: line 2")


def keep(city, *rows, code=""):
    keep_tags(city, tags_from_file(city, coder_file(*rows), "some.csv"), code)


HEADS = (
    "initiative,dimension,level,strengthen,coder,evidence_es,evidence_pt,evidence_en,"
    "source,source_url,basis,page"
)


def row(coder) -> str:
    """Return a tag as the folder of earlier versions holds it."""
    return f"docks,equity,absent,false,{coder},x,x,x,y,,,"


@pytest.fixture
def put_in_folder(registry_folder):
    """Put a file into the folder of earlier versions, as they did or somebody may by hand."""

    def put(name, *rows, heads=HEADS):
        place = registry_folder / "toy" / "tags" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("\n".join([heads, *rows]) + "\n")
        return place

    return put


def added(city) -> set[tuple[str, str, str]]:
    """Return what people say: (coder, dimension, level)."""
    now = open_city("toy", city.folder.parent)
    ours = tuple(tag for tag in read_tags(now) if tag.origin == SHIPPED)
    return {(one.coder, one.dimension, one.level) for one in read_tags(now) if one not in ours}


def refused(city, *rows) -> str:
    with pytest.raises(ChoiceError) as refusal:
        tags_from_file(city, coder_file(*rows), "zoe.csv")
    return str(refusal.value)


def test_a_second_file_of_a_coder_takes_the_place_of_the_first(toy_city):
    keep(toy_city, "docks,equity,absent,Zoe,x,y", "docks,ecology,primary,Zoe,x,y")
    keep(toy_city, "docks,equity,primary,Yan,x,y")
    keep(toy_city, "docks,equity,secondary,Zoe,x,y")

    assert added(toy_city) == {("Zoe", "equity", "secondary"), ("Yan", "equity", "primary")}
    assert contributions.counts().changes == 3


def test_tags_are_removed_coder_by_coder_and_can_be_brought_back(toy_city):
    keep(toy_city, "docks,equity,absent,Zoe,x,y", "docks,equity,primary,Yan,x,y", code="mine")
    assert tags_added(toy_city) == ({"Yan": 1, "Zoe": 1}, ())

    act = remove_tags(toy_city, "Zoe", "mine")

    assert added(toy_city) == {("Yan", "equity", "primary")}
    contributions.undo(act, "mine")
    assert tags_added(toy_city) == ({"Yan": 1, "Zoe": 1}, ())


def test_of_a_file_with_two_coders_the_other_one_stays(toy_city, put_in_folder, monkeypatch):
    monkeypatch.setenv("SIXES_FACILITATOR", "a secret")
    put_in_folder("both.csv", *(row(coder) for coder in ("Zoe", "Yan")))
    assert tags_added(toy_city) == ({"Yan": 1, "Zoe": 1}, ())

    remove_tags(toy_city, "Zoe", "a secret")

    assert tags_added(toy_city) == ({"Yan": 1}, ())


@pytest.mark.parametrize("coder", ["José,Jose", "李,Группа"])
def test_coders_whose_names_look_alike_in_plain_letters_are_kept_apart(toy_city, coder):
    for one in coder.split(","):
        keep(toy_city, f"docks,equity,absent,{one},x,y")

    assert {one for one, _, _ in added(toy_city)} == set(coder.split(","))


@pytest.mark.parametrize("word", ["TRUE", "true", "VERDADERO", "Verdadeiro"])
def test_true_is_true_as_any_spreadsheet_writes_it(toy_city, word):
    heads = "initiative,dimension,level,coder,evidence,source,strengthen\n"
    rows = f"docks,equity,primary,Zoe,x,y,{word}\ndocks,ecology,primary,Zoe,x,y,FALSE\n"

    found = tags_from_file(toy_city, (heads + rows).encode(), "zoe.csv")

    assert found["strengthen"].tolist() == ["true", "false"]


def test_the_tags_as_downloaded_come_back_from_a_spreadsheet_under_another_name(toy_city):
    rows = list(
        csv.DictReader(io.StringIO(tags_csv(toy_city, Translator("pt")).decode("utf-8-sig")))
    )
    mine = {(row["initiative"], row["dimension"]): row | {"coder": "Zoe"} for row in rows}
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), delimiter=";")
    writer.writeheader()
    writer.writerows(row | {"strengthen": row["strengthen"].upper()} for row in mine.values())

    found = tags_from_file(toy_city, text.getvalue().encode("cp1252"), "zoe.csv")

    assert len(found) == len(mine)


def test_missing_evidence_is_told_by_the_name_that_the_file_has(toy_city):
    said = refused(toy_city, "docks,education,primary,Zoe,,y")

    assert "line 2: missing: Evidence (evidence);" in said.replace(". ", "; ")
    assert "evidence_" not in said


@pytest.mark.parametrize("coder", ["ana", "ANA", " Ana ", "Aná"])
def test_nobody_passes_for_a_coder_who_came_with_the_city(toy_city, coder):
    assert "belongs to another coder" in refused(toy_city, f"docks,equity,primary,{coder},x,y")


def test_a_role_is_named_once(toy_city):
    assert "cannot be “operator+operator”" in refused(
        toy_city, "docks,public,operator+operator,Zoe,x,y"
    )


def test_nobody_gives_an_e_to_policing(published):
    city = published("rio")
    policing = next(one.id for one in read_initiatives(city) if one.role == "policing")

    with pytest.raises(ChoiceError) as refusal:
        tags_from_file(city, coder_file(f"{policing},equity,secondary,Zoe,x,y"), "zoe.csv")

    assert f"zoe.csv: line 2: {policing} is policing" in str(refusal.value)
    allowed = coder_file(f"{policing},equity,absent,Zoe,x,y", f"{policing},public,operator,Zoe,x,y")
    assert len(tags_from_file(city, allowed, "zoe.csv")) == 2


def test_a_file_of_heads_alone_is_no_table(toy_city):
    assert "contains no table" in refused(toy_city)


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n", bytes(range(256)) * 9, b"initiative\n1,2\n3,4,5\n", b'"', b"x"]
)
def test_a_broken_file_of_tags_is_told_of_and_leaves_the_others_alone(
    toy_city, put_in_folder, content
):
    keep(toy_city, "docks,equity,absent,Zoe,x,y")
    put_in_folder("a.csv").write_bytes(content)

    found, refusals = tag_files(toy_city)

    assert [file.content["coder"].tolist() for file in found] == [["Zoe"]]
    assert len(refusals) == 1
    assert "User-added data a.csv" in str(refusals[0])
    assert added(toy_city) == {("Zoe", "equity", "absent")}


def test_cells_that_no_column_names_are_never_taken_for_others(toy_city, put_in_folder):
    put_in_folder("zoe.csv", row("Zoe") + ",more")

    assert "contains no table" in str(tag_files(toy_city)[1][0])


def test_of_two_files_by_one_coder_one_is_told_of(toy_city, put_in_folder):
    put_in_folder("a.csv", row("Zoe"))
    put_in_folder("zzz.csv", row("Zoe").replace("absent", "primary"))

    found, refusals = tag_files(toy_city)

    assert [file.content["level"].item() for file in found] == ["absent"]
    assert "zzz.csv: it names something that was kept or removed here already" in str(refusals[0])


@pytest.mark.parametrize("coder", ["ana", "Ana"])
def test_a_file_put_there_by_hand_passes_for_nobody_either(toy_city, put_in_folder, coder):
    put_in_folder("zoe.csv", row(coder))

    found, refusals = tag_files(toy_city)

    assert found == ()
    assert "belongs to another coder" in str(refusals[0])


@pytest.mark.parametrize("word", ["Equidad", "equidade", "EQUITY", "Público"])
def test_es_and_partners_are_known_by_their_words_in_any_language(toy_city, word):
    level = "operator" if word == "Público" else "primary"

    table = tags_from_file(toy_city, coder_file(f"docks,{word},{level},Zoe,x,y"), "zoe.csv")

    assert table["dimension"].item() in ("equity", "public")


def test_a_tag_said_twice_is_told_with_the_line_that_said_it_first(toy_city):
    rows = ["docks,equity,primary,Zoe,x,y", "docks,ecology,primary,Zoe,x,y"]

    said = refused(toy_city, *rows, rows[0])

    assert "line 4: docks, equity, Zoe appears twice (first in line 2)" in said


def test_a_coder_can_say_what_an_e_rests_on_and_where_a_source_says_so(toy_city):
    heads = "initiative,dimension,level,coder,evidence,source,basis,page\n"
    row = "docks,equity,named,Zoe,x,A book,explicit,12\n"
    keep_tags(toy_city, tags_from_file(toy_city, (heads + row).encode(), "zoe.csv"))

    tag = next(
        one for one in read_tags(open_city("toy", toy_city.folder.parent)) if one.coder == "Zoe"
    )

    assert (tag.basis, tag.page) == ("explicit", "12")
    with pytest.raises(ChoiceError, match=r"Basis \(basis\) cannot be “hearsay”"):
        tags_from_file(toy_city, (heads + row.replace("explicit", "hearsay")).encode(), "zoe.csv")


def test_what_is_asked_for_stands_beside_what_is_there_but_nothing_contradicts_itself(toy_city):
    both = "docks,equity,named,Zoe,x,y", "docks,equity,strengthen,Zoe,x,y"
    roles = "docks,public,operator,Zoe,x,y", "docks,public,supplier,Zoe,x,y"

    assert len(tags_from_file(toy_city, coder_file(*both, *roles), "zoe.csv")) == 4
    for one, other in (
        ("equity,named", "equity,absent"),
        ("equity,primary", "equity,secondary"),
        ("public,operator", "public,none"),
    ):
        said = refused(toy_city, f"docks,{one},Zoe,x,y", f"docks,{other},Zoe,x,y")
        assert "appears twice (first in line 2)" in said


def test_a_file_kept_before_tags_had_a_basis_is_still_read(toy_city, put_in_folder):
    put_in_folder("zoe.csv", row("Zoe").removesuffix(",,"), heads=HEADS.removesuffix(",basis,page"))

    tag = next(
        one for one in read_tags(open_city("toy", toy_city.folder.parent)) if one.coder == "Zoe"
    )

    assert (tag.level, tag.basis, tag.page) == ("absent", "", "")


@pytest.mark.parametrize("coder", ["SixEs Geo", "sixes geo, inferred"])
def test_nobody_signs_as_this_project(toy_city, coder):
    said = refused(toy_city, f'docks,equity,primary,"{coder}",x,y')

    assert "belongs to another coder" in said


def many(count) -> list[str]:
    return [f"docks,equity,absent,Coder {nth:04},x,y" for nth in range(count)]


def test_a_thousand_coders_in_one_file_are_one_clear_line(toy_city):
    begun = time.perf_counter()

    said = refused(toy_city, *many(1_000))

    assert "1,000 coders would have to be compared with each other; at most 20 are allowed" in said
    assert time.perf_counter() - begun < 2


def test_no_city_holds_more_coders_than_can_be_compared(toy_city, monkeypatch):
    monkeypatch.setattr(limits, "CODERS", 3)
    keep(toy_city, *many(2))
    keep(toy_city, "docks,equity,absent,Zoe,x,y")

    with pytest.raises(ChoiceError, match="4 coders") as refusal:
        keep(toy_city, "docks,equity,absent,Yan,x,y")
    keep(toy_city, "docks,equity,primary,Zoe,x,y")

    assert "remove some" in str(refusal.value)
    assert len(tags_added(toy_city)[0]) == limits.CODERS


def test_a_stored_file_of_too_many_coders_is_told_of_and_left_alone(toy_city, put_in_folder):
    keep(toy_city, "docks,equity,absent,Zoe,x,y")
    put_in_folder("a-many.csv", *(row(f"Coder {nth}") for nth in range(1_000)))

    found, (told,) = tags_added(toy_city)

    assert found == {"Zoe": 1}
    assert "User-added data a-many.csv: 1,000 coders" in str(told)


def test_coders_beyond_the_limit_are_told_of_wherever_they_come_from(
    toy_city, put_in_folder, monkeypatch
):
    keep(toy_city, *many(2))
    put_in_folder("zoe.csv", row("Zoe"))
    monkeypatch.setattr(limits, "CODERS", 2)

    found, (told,) = tags_added(toy_city)

    assert len(found) == 2
    assert "3 coders" in str(told)


@pytest.mark.parametrize(
    ("coder", "told"),
    [
        ("sixes\u200bgeo", "belongs to another coder"),
        ("Irazabal y Jiron", "belongs to another coder"),
        ("ANA", "belongs to another coder"),
        ("\u0410na", "belongs to another coder"),
        ("Zoe\u202e", "contains the hidden character U+202E"),
    ],
)
def test_nobody_codes_under_a_name_that_shows_as_that_of_another(toy_city, coder, told):
    said = refused(toy_city, f"docks,equity,absent,{coder},x,y")

    assert said.startswith("File zoe.csv: line 2")
    assert told in said


def test_agreement_of_as_many_coders_as_are_allowed_takes_no_second(toy_city):
    initiatives = [one.id for one in read_initiatives(toy_city) if one.role != "policing"]
    keep(
        toy_city,
        *(
            f"{one},{e},{'primary' if nth % 3 else 'absent'},Coder {nth},x,y"
            for nth in range(limits.CODERS)
            for one in initiatives
            for e in ES
        ),
    )
    codings = codings_of_tags(read_tags(open_city("toy", toy_city.folder.parent)))
    begun = time.perf_counter()

    table = agreement(codings, together=True)

    assert len(table) > limits.CODERS * (limits.CODERS - 1) / 2
    assert time.perf_counter() - begun < 2
