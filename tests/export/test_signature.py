"""Signatures over bytes: as the standard has them, and only over the bytes they were made for."""

import json

import pytest

from sixes_geo.export.signature import (
    LARGEST,
    fingerprint_of,
    public_of,
    signature_of,
    signer_of,
    spaced,
)

SECRET = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
SIGNATURE = (
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
    "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
)
"""The first test of RFC 8032, which signs nothing."""


def test_keys_and_signatures_are_those_of_the_standard():
    record = json.loads(signature_of(b"", SECRET))

    assert public_of(SECRET) == record["public_key"] == PUBLIC
    assert record["signature"] == SIGNATURE
    assert record["fingerprint"] == fingerprint_of(PUBLIC)
    assert signer_of(b"", signature_of(b"", SECRET)) == PUBLIC


def test_the_same_content_has_the_same_signature():
    assert signature_of(b"x", SECRET) == signature_of(b"x", SECRET)


def test_a_signature_fits_one_content_only():
    assert signer_of(b"y", signature_of(b"x", SECRET)) is None


@pytest.mark.parametrize("name", ["format", "public_key", "fingerprint", "signature"])
@pytest.mark.parametrize("value", [None, 5, "", "0" * 64, "0" * 128, "0" * 32, "\u0660" * 64])
def test_a_signature_with_anything_exchanged_does_not_fit(name, value):
    record = json.loads(signature_of(b"x", SECRET)) | {name: value}

    assert signer_of(b"x", json.dumps(record).encode()) is None


@pytest.mark.parametrize("more", [{"signed_by": "SixEs Geo"}, {"name": "x" * LARGEST}])
def test_a_signature_that_says_more_than_it_proves_does_not_fit(more):
    record = json.loads(signature_of(b"x", SECRET)) | more

    assert signer_of(b"x", json.dumps(record).encode()) is None


def test_a_fingerprint_is_read_in_groups():
    assert [len(group) for group in spaced(fingerprint_of(PUBLIC)).split()] == [4] * 8
