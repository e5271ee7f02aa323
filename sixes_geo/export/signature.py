"""Signatures over bytes (Ed25519): made with a secret key, checked with the public one beside.

The public key lies in the signature, so that anybody can check it. That proves only that whoever
has the secret key signed these bytes: a forger signs with a key of their own. Whose key it is, a
reader has to know from elsewhere (`sixes_geo.store.keys`).
"""

from __future__ import annotations

import hashlib
import json
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FORMAT = "sixes-geo-signature/1"

LARGEST = 2_000
"""Bytes of a signature with what it says of itself."""

DIGITS = 32
"""Hexadecimal digits of a fingerprint, the beginning of the SHA-256 of a public key."""

_FORMS = {
    "format": re.escape(FORMAT),
    "public_key": "[0-9a-f]{64}",
    "fingerprint": f"[0-9a-f]{{{DIGITS}}}",
    "signature": "[0-9a-f]{128}",
}


def signature_of(content: bytes, secret: bytes) -> bytes:
    """Return a signature over a content, as JSON with the public key and its fingerprint."""
    public = public_of(secret)
    record = {
        "format": FORMAT,
        "public_key": public,
        "fingerprint": fingerprint_of(public),
        "signature": Ed25519PrivateKey.from_private_bytes(secret).sign(content).hex(),
    }
    return (json.dumps(record, indent=1) + "\n").encode()


def signer_of(content: bytes, signature: bytes) -> str | None:
    """Return the public key that a signature over a content was made with.

    Parameters
    ----------
    content
        What should have been signed.
    signature
        As `signature_of` returns it.

    Returns
    -------
    str or None
        The key, in hexadecimal digits; None if it is no signature, or one of something else.
    """
    record = _record_in(signature)
    if record is None or record["fingerprint"] != fingerprint_of(record["public_key"]):
        return None
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(record["public_key"]))
        key.verify(bytes.fromhex(record["signature"]), content)
    except (InvalidSignature, ValueError):
        return None
    return record["public_key"]


def public_of(secret: bytes) -> str:
    """Return the public key of a secret one, in hexadecimal digits."""
    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw().hex()


def fingerprint_of(public: str) -> str:
    """Return a short name of a public key that no other has."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:DIGITS]


def spaced(fingerprint: str) -> str:
    """Return a fingerprint in groups of four digits, as people compare them.

    Examples
    --------
    >>> spaced("0123456789ab")
    '0123 4567 89ab'
    """
    return " ".join(re.findall("..?.?.?", fingerprint))


def _record_in(signature: bytes) -> dict[str, str] | None:
    """Return what a signature says of itself, if it has the form of one."""
    try:
        record = json.loads(signature[: LARGEST + 1])
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or set(record) != set(_FORMS):
        return None
    fits = all(
        isinstance(record[name], str) and re.fullmatch(form, record[name], re.ASCII)
        for name, form in _FORMS.items()
    )
    return record if fits else None
