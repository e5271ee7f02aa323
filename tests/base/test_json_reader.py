"""JSON from outside is bounded, and means one thing."""

import pytest

from sixes_geo.base.json_reader import read_json
from sixes_geo.base.limits import JSON_DEPTH


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"NaN",
        b"[-Infinity]",
        b"[" * 100_000,
        b"[" * 500 + b"]" * 500,
        b"[" * (JSON_DEPTH + 2) + b"]" * (JSON_DEPTH + 2),
        b'{"a":' * (JSON_DEPTH + 2) + b"1" + b"}" * (JSON_DEPTH + 2),
        b'{"a": 1, "a": 2}',
        b'{"x": "\\ud800"}',
        b'{"\\udfff": 1}',
        b"9" * 5_000,
        b"[1]" + b" " * 1_000_000,
    ],
)
def test_what_is_too_large_too_deep_or_means_two_things_is_refused(content):
    with pytest.raises(ValueError, match=r".") as refused:
        read_json(content, 1_000_000)

    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("content", [b"1e999", b"-1e400", b"1234567890123456789012"])
def test_a_number_of_a_manifest_fits_64_bits(content):
    with pytest.raises(ValueError, match=r"."):
        read_json(content, 100, whole_numbers_fit=True)

    read_json(content, 100)


def test_anything_else_is_read_as_it_is():
    assert read_json(b'{"a": [1, 2.5, null, true, "\\u00f1"]}', 100, whole_numbers_fit=True) == {
        "a": [1, 2.5, None, True, "ñ"]
    }
    deepest = b"[" * JSON_DEPTH + b"]" * JSON_DEPTH
    assert read_json(deepest, 1_000) is not None
