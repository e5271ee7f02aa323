"""Notices about a link: every field that does not exist here has its words."""

from dataclasses import replace

import pytest
from house import some

from sixes_geo.analysis.link import FIELDS, resolved, view_of
from sixes_geo.i18n import LANGUAGES
from sixes_geo.ui.session.link_notices import note_words
from sixes_geo.ui.session.state import Selection


@pytest.mark.usefixtures("in_toy")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_with_a_value_that_does_not_exist_is_explained(language):
    values, notes = resolved(dict.fromkeys(FIELDS, "nowhere") | {"lang": language}, language)
    selection = Selection(**vars(view_of(values)))

    words = {note.name: note_words(note, selection) for note in notes}

    assert set(words) == set(FIELDS) - {"lang"}
    assert all("nowhere" in sentence for sentence in words.values())


@pytest.mark.usefixtures("in_toy")
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_instead_is_named_in_words(language):
    values, notes = resolved({"kind": "nowhere", "clusters": "x", "border": "7"}, language)
    selection = Selection(**vars(view_of(values)))

    for note in some(notes):
        sentence = note_words(note, selection)
        assert note.used not in sentence.split()
        assert sentence != note_words(replace(note, got="other"), selection)


@pytest.mark.usefixtures("in_toy")
def test_of_a_value_of_any_length_only_the_beginning_is_repeated():
    values, notes = resolved({"need": "x" * 5000}, "en")
    selection = Selection(**vars(view_of(values)))

    (sentence,) = (note_words(note, selection) for note in notes)

    assert "“xxx" in sentence
    assert len(sentence) < 300


@pytest.mark.usefixtures("in_toy")
def test_signs_of_a_value_that_cannot_be_seen_are_written_out():
    values, notes = resolved({"need": "a\u202eb\x1b"}, "en")
    selection = Selection(**vars(view_of(values)))

    (sentence,) = (note_words(note, selection) for note in notes)

    assert "“a[U+202E]b[U+001B]”" in sentence
