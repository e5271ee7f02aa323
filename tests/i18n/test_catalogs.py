"""The three catalogs say the same things, and everything the code asks of them is there."""

import ast
import re
import string
from collections.abc import Mapping
from functools import cache

import pytest
from babel.numbers import format_decimal
from house import LIBRARY, PAGES, ROOT, SCRIPT, Source, called, none_of, offenders, some, sources
from hypothesis import given
from hypothesis import strategies as st

from sixes_geo.analysis.cities import NAMED_KINDS, OPENING
from sixes_geo.analysis.link import FIELDS
from sixes_geo.base.errors import SixesGeoError
from sixes_geo.city.model import WEIGHTS
from sixes_geo.city.table_checks import ALLOWED, E_LEVELS, P_LEVELS, ROLES
from sixes_geo.city.tag import BASES, RESTRICTIONS
from sixes_geo.framework.paper import KINDS
from sixes_geo.i18n import LANGUAGES, LOCALES, Translator, catalog

TRANSLATORS = ("tr", "english")
FORMS = {"zero", "one", "two", "few", "many", "other"}
NAMERS = ("Problem", "some", "_unknown")
"""What is handed the kind of a problem as its first argument."""
ERRORS = tuple(one.__name__ for one in SixesGeoError.__subclasses__())


@cache
def texts(language):
    """Return every text by its dotted key; plural forms are one text."""
    found = {}

    def walk(node, path):
        if isinstance(node, Mapping) and not ("other" in node and set(node) <= FORMS):
            for name, part in node.items():
                walk(part, (*path, name))
        else:
            found[".".join(path)] = node

    walk({name: part for name, part in catalog(language).items() if name != "contractions"}, ())
    return found


def forms(text):
    return list(text.values()) if isinstance(text, Mapping) else [text]


def placeholders(text):
    return {
        name for form in forms(text) for _, name, _, _ in string.Formatter().parse(form) if name
    }


def patterns(node):
    """Return what a key's expression may stand for, as regular expressions."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [re.escape(node.value)]
    if isinstance(node, ast.JoinedStr):
        parts = [
            re.escape(part.value) if isinstance(part, ast.Constant) else "[^.]+"
            for part in node.values
        ]
        return ["".join(parts)]
    if isinstance(node, ast.IfExp):
        return patterns(node.body) + patterns(node.orelse)
    return []


def asked(source):
    """Return the keys a module asks a translator for: (line, pattern)."""
    itself = source.name.startswith("sixes_geo/i18n/")
    for call in source.calls:
        name = called(call)
        if call.args and (name in TRANSLATORS or (itself and name == "self")):
            yield from ((call.lineno, pattern) for pattern in patterns(call.args[0]))


def literal(call, nth):
    """Return an argument of a call if it is a text that stands there as it is."""
    value = getattr(call.args[nth], "value", None) if len(call.args) > nth else None
    return value if isinstance(value, str) else None


TWO_HOLES = r"([^.]+)\.([^.]+)"


def literals(source):
    """Return the texts that stand in a module, as they are."""
    return {text for _, text in source.words}


def prefixes(source):
    """Return the texts that a module keeps in its tables: keys may begin with them."""
    return {
        value.value
        for node in source.nodes
        if isinstance(node, ast.Dict)
        for value in node.values
        if isinstance(value, ast.Constant) and isinstance(value.value, str)
    }


def composed(source):
    """Return how a module composes keys: the pattern of each text, holes as groups."""
    for node in source.nodes:
        if isinstance(node, ast.JoinedStr):
            parts = [
                re.escape(part.value) if isinstance(part, ast.Constant) else "([^.]+)"
                for part in node.values
            ]
            yield "".join(parts)


def unreached(keys, files, data=""):
    """Return the keys that no text in some files is, composes or begins.

    What fills a hole must be made of words that stand somewhere in the code or the data; the
    name of a problem, a subject or a hint must stand in the code in full.
    """
    named = set().union(*map(literals, files))
    words = {word for text in [*named, data] for word in re.split(r"[^a-z0-9]+", text.lower())}
    forms = {form for source in files for form in composed(source)}
    dotted = [form for form in forms if re.match(r"\w+\\\.", form)]
    starting = [source for source in files if TWO_HOLES in composed(source)]
    beginnings = set().union(*map(prefixes, starting))

    def filled(key):
        for form in dotted:
            found = re.fullmatch(form, key)
            if found and all(
                set(re.split(r"[^a-z0-9]+", hole.lower())) <= words for hole in found.groups()
            ):
                return True
        return False

    def reached(key):
        table, _, name = key.rpartition(".")
        if table in ("errors.problem", "errors.subject", "errors.hint"):
            return name in named
        return key in named or table in beginnings or filled(key)

    return [key for key in keys if not reached(key)]


def asks_for_a_lost_key(source):
    known = texts("en")
    for line, pattern in asked(source):
        if not any(re.fullmatch(pattern, key) for key in known):
            yield line, pattern


def names_a_problem_without_words(source):
    for call in source.calls:
        kind = literal(call, 0)
        if called(call) in NAMERS and kind and f"errors.problem.{kind}" not in texts("en"):
            yield call.lineno, kind


def names_a_subject_or_hint_without_words(source):
    for call in source.calls:
        if called(call) in ERRORS:
            for nth, part in ((0, "subject"), (2, "hint")):
                value = literal(call, nth)
                if value and f"errors.{part}.{value}" not in texts("en"):
                    yield call.lineno, f"{part} {value}"


def test_every_language_has_the_same_keys():
    none_of(
        f"{language}.toml {key}"
        for language in LANGUAGES
        for key in sorted(set(texts(language)) ^ set(texts("en")))
    )


def test_every_text_has_the_same_placeholders_in_every_language():
    none_of(
        f"{language}.toml {key}: {sorted(placeholders(text))}, in English {sorted(wanted)}"
        for language in LANGUAGES
        for key, text in texts(language).items()
        for wanted in [placeholders(texts("en").get(key, text))]
        if placeholders(text) != wanted
    )


def test_no_text_is_empty():
    none_of(
        f"{language}.toml {key}"
        for language in LANGUAGES
        for key, text in texts(language).items()
        if not all(forms(text))
    )


def test_a_text_with_forms_has_those_the_language_needs():
    needed = {
        language: {Translator(language).locale.plural_form(count) for count in (0, 1, 2, 5, 100)}
        for language in LANGUAGES
    }

    none_of(
        f"{language}.toml {key}: {sorted(text)}"
        for language in LANGUAGES
        for key, text in texts(language).items()
        if isinstance(text, Mapping) and not needed[language] <= set(text)
    )


def test_every_key_the_code_asks_for_exists():
    none_of(offenders(asks_for_a_lost_key, LIBRARY))


def test_the_search_for_keys_finds_some():
    found = {pattern for source in LIBRARY for _, pattern in asked(source)}

    assert len(found) > 300
    assert "cli\\.[^.]+_line" in found


def test_every_key_is_reached_by_the_code():
    data = (ROOT / "sixes_geo" / "framework" / "frameworks.toml").read_text(encoding="utf-8")
    (start,) = sources("tools/start.py")
    keys = set(texts("en")) - {f"start.{name}" for name in literals(start)}

    none_of(f"en.toml {key}" for key in unreached(sorted(keys), [*LIBRARY, *PAGES, *SCRIPT], data))


def test_a_key_that_nothing_reaches_is_found():
    files = [
        Source("sixes_geo/x.py", "tr('a.said')\nKEYS = {'e': 'c.of'}\ntr(f'{KEYS[x]}.{y}')"),
        Source("sixes_geo/y.py", "NAMES = ('red', 'blue')\ntr(f'b.{name}')\nProblem('lost')"),
    ]
    keys = ["a.said", "a.unsaid", "b.red", "b.red_blue", "b.green", "c.of.x", "c.in.x",
            "errors.problem.lost", "errors.problem.found"]  # fmt: skip

    assert unreached(keys, files) == ["a.unsaid", "b.green", "c.in.x", "errors.problem.found"]


def test_every_problem_the_code_names_has_a_sentence():
    none_of(offenders(names_a_problem_without_words, LIBRARY))


def test_every_subject_and_hint_the_code_names_has_a_text():
    none_of(offenders(names_a_subject_or_hint_without_words, LIBRARY))


def test_a_name_without_a_text_is_found_with_its_line():
    broken = [
        (asks_for_a_lost_key, "tr('lost.key')", "lost\\.key"),
        (asks_for_a_lost_key, "tr(f'lost.{one}')", "lost\\.[^.]+"),
        (asks_for_a_lost_key, "tr('verdict.better_off' if x else 'lost')", "lost"),
        (names_a_problem_without_words, "Problem('lost', {})", "lost"),
        (
            names_a_subject_or_hint_without_words,
            "ChoiceError('lost', [], 'cities')",
            "subject lost",
        ),
        (names_a_subject_or_hint_without_words, "ChoiceError('command', [], 'lost')", "hint lost"),
    ]

    assert [
        [one for one in offenders(rule, [Source("sixes_geo/x.py", f"\n{text}")]) if "lost" in one]
        for rule, text, _ in broken
    ] == [[f"sixes_geo/x.py:2 {told}"] for _, _, told in broken]


def test_every_value_that_data_may_hold_has_a_word():
    spoken = {
        "verdict": ("better_off", "worse_off", "cannot_tell"),
        "table.verdicts": ("more", "fewer", "cannot_tell"),
        "district.verdict": ("more", "fewer", "cannot_tell", "no_people"),
        "interval": ("bootstrap", "bounded"),
        "summary": ("exact", "monte_carlo"),
        "role": ("initiative", "infrastructure", "contrast", "surveillance", "policing"),
        "unplaced.footprint": ("spot", "area", "network", "city-wide", "unknown"),
        "unplaced.approach": ALLOWED["approach"],
        "tags.approach": ALLOWED["approach"],
        "tags.level": E_LEVELS,
        "tags.role": (*ROLES, *P_LEVELS),
        "tags.basis": BASES,
        "tags.only_basis": RESTRICTIONS[1:],
        "wheel.on": RESTRICTIONS,
        "paper.kind": KINDS,
        "controls.weights": WEIGHTS,
        "language": LANGUAGES,
        "notice.names": FIELDS,
        "kind": (OPENING, *NAMED_KINDS),
    }

    none_of(
        f"{table}.{name}"
        for table, names in spoken.items()
        for name in names
        if f"{table}.{name}" not in texts("en")
    )


def test_an_unknown_language_is_the_first_one():
    assert Translator("xx").language == LANGUAGES[0]


def test_a_key_that_does_not_exist_is_an_error():
    with pytest.raises(KeyError):
        Translator("en")("nothing.here")


@pytest.mark.parametrize(
    ("language", "written"), [("es", "1.234.567,9"), ("pt", "1.234.567,9"), ("en", "1,234,567.9")]
)
def test_numbers_have_the_separators_of_the_language(language, written):
    assert Translator(language).number(1_234_567.89, 1) == written


@given(st.integers(-(10**12), 10**12), st.sampled_from(LANGUAGES), st.integers(2, 4))
def test_numbers_are_written_as_the_cldr_has_them(hundredths, language, decimals):
    value = hundredths / 100
    pattern = "#,##0." + "0" * decimals
    wanted = format_decimal(value, format=pattern, locale=LOCALES[language])

    assert Translator(language).number(value, decimals).replace("−", "-") == wanted


@pytest.mark.parametrize(
    ("value", "written"),
    [(5, "5"), (5.0, "5"), (1.2345, "1.23"), (12.345, "12.3"), (1234.5, "1,234")],
)
def test_a_number_whose_decimals_nobody_named_has_three_digits(value, written):
    assert Translator("en").number(value) == written


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", [None, float("nan")])
def test_a_missing_number_is_said_to_be_missing(language, value):
    tr = Translator(language)

    assert {tr.number(value), tr.percent(value), tr.money(value, "CLP")} == {tr("number.missing")}


@pytest.mark.parametrize(("language", "digits"), [("es", "13,7"), ("pt", "13,7"), ("en", "13.7")])
def test_a_share_is_written_in_hundredths(language, digits):
    tr = Translator(language)

    assert tr.percent(0.13666) == tr("number.percent", value=digits)
    assert tr.percent(1.0, 0) == tr("number.percent", value="100")


@pytest.mark.parametrize(
    ("language", "least"), [("es", "<0,1\u00a0%"), ("pt", "<0,1%"), ("en", "<0.1%")]
)
def test_a_share_that_is_not_zero_never_looks_like_it(language, least):
    tr = Translator(language)

    assert tr.percent(0.0004) == tr.percent(1e-9) == least
    assert tr.percent(0.0) == tr("number.percent", value=tr.number(0, 1))
    assert tr.percent(0.0006) == tr("number.percent", value=tr.number(0.1, 1))
    assert tr.percent(0.004, 0) == tr("number.percent", value=tr("number.below", value="1"))


def test_portuguese_writes_no_gap_before_a_percent_sign():
    written = [one for text in texts("pt").values() for one in forms(text) if "%" in one]

    assert written
    assert not [one for one in written if re.search(r"\d\s%", one)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_index_always_shows_its_sign(language):
    tr = Translator(language)

    assert tr.signed(0.807).startswith("+")
    assert tr.signed(-0.23)[0] in "-−"
    assert tr.signed(-0.23)[1:] == tr.signed(0.23)[1:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_and_many_have_their_own_forms(language):
    tr = Translator(language)
    text = texts(language)["summary.without_need"]

    assert tr("summary.without_need", count=1) == tr.joined(text["one"].format(count="1"))
    assert tr("summary.without_need", count=2) == tr.joined(text["other"].format(count="2"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_whole_numbers_in_a_text_are_written_as_the_language_does(language):
    tr = Translator(language)

    assert tr.number(12_345, 0) in tr("summary.of_read", read=12_345)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_contraction_is_made_between_words_only(language):
    tr = Translator(language)

    for apart, together in some(catalog(language).get("contractions", {}).items()):
        assert tr.joined(f"x {apart} y") == f"x {together} y"
        assert tr.joined(f"x{apart}y") == f"x{apart}y"


def test_portuguese_contracts_and_english_does_not():
    assert Translator("pt").joined("estão em as zonas") == "estão nas zonas"
    assert Translator("es").joined("cerca de el río") == "cerca del río"
    assert Translator("en").joined("em as de el") == "em as de el"


@pytest.mark.parametrize(
    ("language", "written"), [("es", "a, b y c"), ("pt", "a, b e c"), ("en", "a, b and c")]
)
def test_lists_end_as_the_language_ends_them(language, written):
    assert Translator(language).list(["a", "b", "c"]) == written


def test_a_text_of_the_data_falls_back_on_english():
    assert Translator("pt").text({"pt": "sim", "en": "yes"}) == "sim"
    assert Translator("pt").text({"pt": "", "en": "yes"}) == "yes"
    assert Translator("pt").text({"es": "sí"}) == "sí"
    assert Translator("pt").text({}) == ""


def test_a_text_of_the_data_is_never_taken_for_a_pattern():
    assert (
        Translator("en")("errors.problem.unlisted_file", path="{got} {0}").count("{got} {0}") == 1
    )
