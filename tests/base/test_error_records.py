"""Errors as plain values: every one arrives in every language, and no other thing does."""

import copy
import json

import numpy as np
import pytest

from sixes_geo.base.error_records import KINDS, from_record, to_record
from sixes_geo.base.errors import ChoiceError, Problem, SixesGeoError, Words
from sixes_geo.i18n import LANGUAGES, Translator

ERROR = ChoiceError(
    "contribution",
    [
        Problem("too_large", {"path": "a.csv", "got": np.int64(3), "allowed": 2.5}),
        Problem("left_out", {"names": Words(("errors.column.coder",), ("coder",))}, 7),
        Problem("no_need", {"got": {"en": "Sensors", "es": "Sensores", "pt": "Sensores"}}, "Ñuñoa"),
    ],
    "fix_file",
    where="a\ud800.csv",
)


def passed(error):
    return from_record(json.loads(json.dumps(to_record(error))))


def test_an_error_arrives_with_its_class_and_its_words_in_every_language():
    for kind in KINDS.values():
        error = kind(ERROR.subject, ERROR.problems, ERROR.hint, where=ERROR.where)
        found = passed(error)

        assert type(found) is kind
        assert [found.explain(Translator(one)) for one in LANGUAGES] == [
            error.explain(Translator(one)) for one in LANGUAGES
        ]


def test_every_error_of_ours_can_be_passed_on():
    def below(kind):
        return {kind} | {each for sub in kind.__subclasses__() for each in below(sub)}

    known = {one for one in below(SixesGeoError) if one.__module__.startswith("sixes_geo.")}

    assert known <= set(KINDS.values())


def test_what_is_no_error_of_ours_is_refused():
    changes = [
        ("kind", "SystemExit"),
        ("kind", ["ChoiceError"]),
        ("subject", "no such subject"),
        ("hint", None),
        ("where", 3),
        ("problems", [{"kind": "no such kind", "fields": {}, "at": 0}]),
        ("problems", [{"kind": "too_large", "fields": {"got": [1]}, "at": 0}]),
        ("problems", [{"kind": "too_large", "fields": {}, "at": []}]),
        ("problems", [{"kind": "left_out", "fields": {"names": {"words": ["x.y"]}}, "at": 0}]),
        ("problems", 3),
    ]
    records = [None, 3, [], {}, "ChoiceError"]
    for name, value in changes:
        records.append(copy.deepcopy(to_record(ERROR)) | {name: value})
    for record in records:
        with pytest.raises(ValueError, match="no error of ours") as caught:
            from_record(record)
        assert not isinstance(caught.value, SixesGeoError)
