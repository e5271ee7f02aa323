"""The command `key`: show the key of this copy, and make those of others known here."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.base.names import repeated
from sixes_geo.base.paths import start_of
from sixes_geo.cli.console import print_json
from sixes_geo.export.signature import fingerprint_of, public_of, spaced
from sixes_geo.i18n import Translator
from sixes_geo.store import keys

LARGEST = 4_000
"""Bytes of a file that holds a key."""


def run(options: argparse.Namespace) -> None:
    """Do what was asked for: by default, show the key of this copy."""
    tr = Translator("en")
    actions = {"add": _add, "list": _list, "remove": _remove}
    actions.get(options.action, _show)(options, tr)


def _show(options: argparse.Namespace, tr: Translator) -> None:
    """Print the public key of this copy."""
    public = public_of(keys.needed_key())
    if options.json:
        print_json({"public_key": public, "fingerprint": fingerprint_of(public)})
        return
    fingerprint = spaced(fingerprint_of(public))
    sys.stdout.write(tr("cli.own_key", public=public, fingerprint=fingerprint) + "\n")


def _add(options: argparse.Namespace, tr: Translator) -> None:
    """Make a key known here."""
    known = keys.make_known(_given(options.key), options.name)
    sys.stdout.write(tr("cli.key_added", key=_words(known)) + "\n")


def _list(options: argparse.Namespace, tr: Translator) -> None:
    """Print the keys that are known here."""
    known = keys.known_keys()
    if options.json:
        records = [
            {"public_key": key.public, "fingerprint": fingerprint_of(key.public), "name": key.name}
            for key in known
        ]
        print_json(records)
        return
    lines = [_words(key) for key in known] or [tr("cli.no_keys")]
    sys.stdout.write("\n".join(lines) + "\n")


def _remove(options: argparse.Namespace, tr: Translator) -> None:
    """Remove a key from those that are known here."""
    wanted = options.key.strip()
    digits = "".join(wanted.split()).lower()
    found = [
        key
        for key in keys.known_keys()
        if digits in (key.public, fingerprint_of(key.public)) or (key.name and key.name == wanted)
    ]
    if len(found) != 1:
        problem = Problem("unknown_key", {"got": repeated(wanted), "count": len(found)})
        raise ChoiceError("key", [problem], "list_keys")
    keys.forget(found[0])
    sys.stdout.write(tr("cli.key_removed", key=_words(found[0])) + "\n")


def _words(key: keys.KnownKey) -> str:
    """Return a key as people compare it, with its name."""
    return f"{spaced(fingerprint_of(key.public))} {key.name}".rstrip()


def _given(text: str) -> str:
    """Return the public key that was given: as digits, or in a file as `key` prints it."""
    digits = text.strip().lower()
    if keys.is_public(digits):
        return digits
    content = start_of(Path(text), LARGEST).decode("utf-8", "replace")
    found = _in_record(content) if content.lstrip().startswith("{") else _in_text(content)
    if len(content) > LARGEST or not keys.is_public(found):
        raise ChoiceError("key", [Problem("no_key", {"got": repeated(text)})], "give_key")
    return found


def _in_record(content: str) -> str:
    """Return the key in JSON."""
    try:
        return str(json.loads(content).get("public_key", ""))
    except (ValueError, RecursionError):
        return ""


def _in_text(content: str) -> str:
    """Return the only key among words; nothing if there are several, or none."""
    found = set(re.findall(r"\b[0-9a-f]{64}\b", content, re.ASCII))
    return found.pop() if len(found) == 1 else ""
