"""The crosswalk: every framework the paper names, every cell coded, every coder kept apart."""

import subprocess
import sys
import time
from dataclasses import replace

import pytest
from house import ROOT

from sixes_geo.base import limits
from sixes_geo.base.errors import ChoiceError, DataError
from sixes_geo.city.model import ES
from sixes_geo.contributions.cell_files import (
    cell_files,
    cells,
    cells_added,
    cells_from_file,
    keep_cells,
    remove_cells,
    sign_cells,
)
from sixes_geo.contributions.folder import CROSSWALK, EVERYWHERE
from sixes_geo.framework.agreement import ALL, agreement
from sixes_geo.framework.crosswalk import (
    Cell,
    codings_of_cells,
    crosswalk_csv,
    frameworks,
    levels_of,
    shipped,
)
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.measures.base.thresholds import LEAST_CODED_FOR_KAPPA
from sixes_geo.store import contributions
from sixes_geo.wording.agreement import agreement_table

WITH_THEMES = {"smart-city-wheel", "cities-in-motion", "iso-37120", "sscdi", "esci", "100rc"}


def test_every_framework_is_there_with_its_papers():
    found = {one.id: one for one in frameworks()}

    assert {name for name, one in found.items() if one.themes} == WITH_THEMES
    assert {"ecological-wisdom", "living-indicators", "eclac-e-government"} <= set(found)
    assert len(found["smart-city-wheel"].themes) == 6
    assert len(found["cities-in-motion"].themes) == 10
    assert "66" in found["cities-in-motion"].ranks["en"]
    for one in found.values():
        assert one.source
        assert one.reading in ("described", "paper")
        assert set(one.about) == set(one.ranks) == set(LANGUAGES)


def test_every_theme_is_coded_for_every_e_by_one_reader_who_says_so():
    themes = {theme.id for one in frameworks() for theme in one.themes}

    assert {(one.theme, one.e) for one in shipped()} == {(t, e) for t in themes for e in ES}
    assert {one.coder for one in shipped()} == {"SixEs Geo"}


def test_the_first_reading_is_that_of_the_record():
    levels = levels_of(shipped(), "SixEs Geo")

    assert levels["wheel-people", "equity"] == levels["wheel-people", "education"] == "main"
    assert levels["iso-governance", "engagement"] == "main"
    assert levels["wheel-living", "equity"] == "secondary"
    assert levels["wheel-economy", "engagement"] == "none"


def test_a_second_coder_is_kept_apart_and_compared():
    mine = [Cell(one.framework, one.theme, one.e, "main", "Ana") for one in shipped()[:12]]

    keep_cells(mine)

    assert cells()[: len(shipped())] == shipped()
    assert set(cells()[len(shipped()) :]) == set(mine)
    found = agreement(codings_of_cells(cells()), silent="")
    assert set(found["of"]) == set(ES)
    assert found["n"].sum() == 12
    again = [Cell(one.framework, one.theme, one.e, "none", "Ana") for one in mine[:3]]
    keep_cells(again)
    assert set(cells()[len(shipped()) :]) == set(again)


def test_a_file_brings_back_what_it_was_written_from():
    assert cells_from_file(crosswalk_csv(shipped()), "x.csv") == [*shipped()]


def test_nobody_takes_the_name_of_this_project_and_none_is_a_formula():
    with pytest.raises(ChoiceError, match="belongs to another coder"):
        keep_cells([*shipped()])
    with pytest.raises(ChoiceError, match="Your cells: enter your name"):
        keep_cells([Cell("esci", "esci-urban", "equity", "main", " ")])
    assert b"'=evil()" in crosswalk_csv([Cell("esci", "esci-urban", "equity", "main", "=evil()")])


def test_every_fault_of_a_file_is_told_by_row():
    text = "framework,theme,e,level,coder\nesci,nowhere,equity,main,Ana\nesci,esci-urban,x,y,\n"

    with pytest.raises(ChoiceError) as refusal:
        cells_from_file(text.encode(), "mine.csv")

    said = str(refusal.value)
    assert "File mine.csv: line 2: “nowhere” is not a theme" in said
    for fault in ("missing: Coder (coder)", "E (e) cannot be “x”", "Level (level) cannot be “y”"):
        assert f"line 3: {fault}" in said


def cells_of(coder, level="main", **frameworks):
    """Return the first cells that are coded of some frameworks, as somebody else would."""
    return [
        Cell(one.framework, one.theme, one.e, level, coder)
        for framework, count in frameworks.items()
        for one in [cell for cell in shipped() if cell.framework == framework][:count]
    ]


def added():
    return set(cells()[len(shipped()) :])


@pytest.mark.parametrize("names", [("José", "Jose"), ("李", "Группа")])
def test_coders_whose_names_look_alike_in_plain_letters_are_kept_apart(names):
    mine = [cells_of(name, esci=2) for name in names]
    for one in mine:
        keep_cells(one)

    assert added() == {*mine[0], *mine[1]}


def test_what_a_coder_said_of_another_framework_stays():
    before = cells_of("Ana", sscdi=6, esci=6)
    keep_cells(before)
    again = cells_of("Ana", "none", esci=2)

    keep_cells(again)

    assert added() == {*again, *(one for one in before if one.framework == "sscdi")}


def test_what_a_coder_said_before_stays_in_the_history():
    for level in ("main", "none"):
        keep_cells(cells_of("Ana", level, esci=1))

    (now,) = contributions.items(CROSSWALK, EVERYWHERE)
    assert "none" in now.content
    assert contributions.counts().changes == 2


@pytest.mark.parametrize("name", ["sixes geo", "SIXES  GEO", "SixEsGeo"])
def test_nobody_passes_for_this_project(name):
    with pytest.raises(ChoiceError, match="coder"):
        keep_cells(cells_of(name, esci=1))


def test_to_keep_nothing_is_refused():
    with pytest.raises(ChoiceError, match="no cell was changed"):
        keep_cells([])


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,2\n",
        b"",
        b"\0",
        crosswalk_csv(cells_of("Sixes geo", esci=1)),
        b'framework,theme,e,level,coder\n"' + b"x" * 140_000,
    ],
)
def test_a_broken_file_is_told_of_and_hides_nothing_else(registry_folder, content):
    mine = cells_of("Ana", esci=2)
    keep_cells(mine)
    (registry_folder / "crosswalk").mkdir(parents=True)
    (registry_folder / "crosswalk" / "a.csv").write_bytes(content)

    assert cells() == (*shipped(), *mine)
    (told,) = cell_files()[1]
    assert "User-added data a.csv" in str(told)


URBAN = ("esci-urban", "equity")


def test_a_coder_signs_the_cells_they_changed_and_no_other():
    assert sign_cells(" Ana ", "esci", {URBAN: "main"}) == 1

    assert added() == {Cell("esci", *URBAN, "main", "Ana")}


def test_what_is_signed_later_stands_beside_what_was_signed_before():
    sign_cells("Ana", "esci", {URBAN: "main", ("esci-urban", "economy"): "none"})

    assert sign_cells("Ana", "esci", {URBAN: "secondary", ("esci-urban", "ecology"): "main"}) == 2

    said = {(one.e, one.level) for one in added()}
    assert said == {("equity", "secondary"), ("economy", "none"), ("ecology", "main")}


def test_a_coder_takes_back_a_cell_of_their_own():
    sign_cells("Ana", "esci", {URBAN: "main"})

    assert sign_cells("Ana", "esci", {URBAN: ""}) == 1

    assert added() == set()
    assert [one.author for one in contributions.removed()] == ["Ana"]


def test_nobody_signs_without_a_name_or_a_change():
    with pytest.raises(ChoiceError, match="enter your name"):
        sign_cells("  ", "esci", {URBAN: "main"})
    with pytest.raises(ChoiceError, match="no cell was changed"):
        sign_cells("Ana", "esci", {})
    with pytest.raises(ChoiceError, match="no cell was changed"):
        sign_cells("Ana", "esci", {URBAN: ""})  # of which Ana had said nothing
    assert added() == set()


def test_cells_are_removed_coder_by_coder_and_can_be_brought_back():
    for name in ("Ana", "Zoe"):
        sign_cells(name, "esci", {URBAN: "main"}, f"code of {name}")

    act = remove_cells("Ana", "code of Ana")

    assert cells_added() == {"Zoe": 1}
    contributions.undo(act, "code of Ana")
    assert cells_added() == {"Ana": 1, "Zoe": 1}


def test_cells_under_one_name_are_removed_only_by_who_kept_all_of_them():
    sign_cells("Ana", "esci", {URBAN: "main"}, "one")
    sign_cells("Ana", "esci", {("esci-urban", "ecology"): "main"}, "another")

    for code in ("one", "another", "", "code"):
        with pytest.raises(DataError, match="only those who kept this"):
            remove_cells("Ana", code)
    assert cells_added() == {"Ana": 2}


WRITER = """
import sys
from sixes_geo.contributions.cell_files import sign_cells
from sixes_geo.framework.crosswalk import shipped
mine = [cell for cell in shipped() if cell.framework == "cities-in-motion"]
mine = mine[int(sys.argv[1]):24:2]
print("ready", flush=True)
sys.stdin.readline()
for cell in mine:
    sign_cells("Ana", cell.framework, {(cell.theme, cell.e): cell.level}, sys.argv[1])
"""


def test_of_two_processes_that_sign_with_one_name_at_once_none_loses_a_cell():
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(nth)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for nth in range(2)
    ]
    assert [writer.stdout.readline() for writer in writers] == ["ready\n", "ready\n"]
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=120)

    assert [writer.returncode for writer in writers] == [0, 0]
    assert cells_added() == {"Ana": 24}


@pytest.mark.parametrize("word", ["Equidad", "equidade", "EQUITY"])
def test_es_and_levels_of_a_file_may_be_words_of_any_language(word):
    text = f"framework,theme,e,level,coder\nesci,esci-urban,{word},Secundario,Ana\n"

    (found,) = cells_from_file(text.encode(), "mine.csv")

    assert (found.e, found.level) == ("equity", "secondary")


def test_a_cell_said_twice_is_told_with_the_line_that_said_it_first():
    row = "esci,esci-urban,equity,main,Ana\n"

    with pytest.raises(ChoiceError, match=r"line 3: .* appears twice \(first in line 2\)"):
        cells_from_file(f"framework,theme,e,level,coder\n{row}{row}".encode(), "mine.csv")


@pytest.mark.parametrize("count", [1, LEAST_CODED_FOR_KAPPA - 1, LEAST_CODED_FOR_KAPPA, 12])
def test_kappa_is_told_of_enough_cells_that_both_have_coded_and_withheld_of_fewer(count):
    coded = [one for one in shipped() if one.framework == "cities-in-motion"][:count]
    changed = {(one.theme, one.e): one.level for one in coded}
    sign_cells("Ana", "cities-in-motion", changed)

    found = agreement(codings_of_cells(cells()), silent="", together=True)

    whole = found[found["of"] == ALL].iloc[0]
    assert (whole["n"], whole["agreed"]) == (count, 1.0)
    assert (whole["kappa"] == whole["kappa"]) == (count >= LEAST_CODED_FOR_KAPPA)
    row = agreement_table(found, Translator("en")).iloc[0]
    told = row["Cohen's kappa"]
    assert told == (
        "+1.00" if count >= LEAST_CODED_FOR_KAPPA else "withheld: fewer than 10 coded by both"
    )
    percent = " (100%)" if count >= LEAST_CODED_FOR_KAPPA else ""
    assert row["Agreed"] == f"{count} of {count}{percent}"


def test_a_thousand_coders_of_cells_are_one_clear_line(registry_folder):
    first = shipped()[0]
    begun = time.perf_counter()

    with pytest.raises(ChoiceError, match="1,000 coders would have to be compared") as refused:
        keep_cells([replace(first, coder=f"Coder {nth}") for nth in range(1_000)])

    assert len(refused.value.problems) == 1
    assert time.perf_counter() - begun < 2
    assert not registry_folder.exists()


def test_a_coder_beyond_those_who_can_be_compared_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "CODERS", 2)
    for nth in range(2):
        keep_cells([replace(shipped()[0], coder=f"Coder {nth}")])

    with pytest.raises(ChoiceError, match="3 coders would have to be compared"):
        keep_cells([replace(shipped()[0], coder="Coder 2")])
