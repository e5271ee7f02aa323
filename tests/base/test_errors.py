"""A refusal says what, where, every fault, and what to do, in one line of any language."""

import pytest

from sixes_geo.base.errors import (
    BuildError,
    ChoiceError,
    DataError,
    InputError,
    ManifestError,
    Problem,
    SixesGeoError,
    Words,
)
from sixes_geo.i18n import LANGUAGES, Translator

PROBLEMS = [Problem("missing_file", {"path": "a.csv"}), Problem("not_json", {"got": "line 1"})]


def refusal(kind=ManifestError):
    return kind("manifest", PROBLEMS, "restore_manifest", where="toy/datapackage.json")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_names_subject_faults_and_hint_in_order(language):
    tr = Translator(language)

    line = refusal().explain(tr)

    parts = ["toy/datapackage.json", *(one.text(tr) for one in PROBLEMS)]
    parts.append(tr("errors.hint.restore_manifest"))
    places = [line.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_is_one_line_even_if_what_was_found_is_not(language):
    problem = Problem("not_json", {"got": "first\nsecond\r\n\tthird"})

    line = ManifestError("manifest", [problem], "restore_manifest").explain(Translator(language))

    assert len(line.splitlines()) == 1
    assert "first second third" in line


def test_logs_are_in_english():
    assert str(refusal()) == refusal().explain(Translator("en"))
    assert str(PROBLEMS[0]) == PROBLEMS[0].text(Translator("en"))


def test_languages_differ():
    assert len({refusal().explain(Translator(language)) for language in LANGUAGES}) == len(
        LANGUAGES
    )


@pytest.mark.parametrize(
    ("kind", "builtin"),
    [
        (InputError, ValueError),
        (ChoiceError, ValueError),
        (ManifestError, ValueError),
        (BuildError, ValueError),
        (DataError, OSError),
    ],
)
def test_a_refusal_is_also_the_error_a_caller_would_expect(kind, builtin):
    assert issubclass(kind, builtin)
    assert issubclass(kind, SixesGeoError)


@pytest.mark.parametrize("kind", [InputError, ChoiceError, ManifestError, BuildError, DataError])
def test_every_kind_of_refusal_keeps_its_records(kind):
    found = refusal(kind)

    assert found.problems == tuple(PROBLEMS)
    assert (found.subject, found.hint, found.where) == (
        "manifest",
        "restore_manifest",
        "toy/datapackage.json",
    )
    assert "toy/datapackage.json" in str(found)


def test_a_fault_cannot_be_changed():
    with pytest.raises(AttributeError):
        PROBLEMS[0].kind = "other"
    with pytest.raises(TypeError):
        Problem("no_sites").fields["got"] = 1


def test_a_refusal_is_no_secret_to_a_debugger():
    assert "missing_file" in repr(refusal())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fault_says_where_it_is_and_what_is_meant_in_the_language_of_its_reader(language):
    tr = Translator(language)
    names = Words(
        ("contributions.field.name", "contributions.field.question"), ("name", "question")
    )

    said = Problem("left_out", {"names": names}, 1234).text(tr)

    assert (
        f"{tr('contributions.field.name')} (name), {tr('contributions.field.question')} (question)"
        in said
    )
    assert said.startswith(tr("errors.at.line", line="1234", fault="").strip())
    assert Problem("no_number", {"got": "x"}, "Ñuñoa").text(tr).startswith("Ñuñoa: ")


def test_a_text_in_every_language_is_said_in_the_readers():
    many = {"es": "las comunas", "pt": "as comunas", "en": "the comunas"}
    fault = Problem("no_place", {"got": "99", "many": many, "ids": "1–16"})

    assert "entre as comunas (ids: 1–16" in fault.text(Translator("pt"))
