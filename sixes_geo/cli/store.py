"""The command `store`: where what people add is kept, its backups, and what was removed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping

from sixes_geo.contributions.folder import CROSSWALK, INDICATORS, TAGS
from sixes_geo.i18n import Translator
from sixes_geo.store import backup, contributions, engine
from sixes_geo.store.codes import FACILITATOR_VARIABLE

UNUSABLE = 2
SHOWN = 5
"""Names that a line lists."""


def run(options: argparse.Namespace) -> int:
    """Run one of `WAYS`, and return an exit status."""
    return WAYS[options.way](options, Translator("en"))


def _path(_options: argparse.Namespace, _tr: Translator) -> int:
    """Print where the store is."""
    return _say(engine.shown(engine.address()))


def _status(_options: argparse.Namespace, tr: Translator) -> int:
    """Print what the store holds; whether it can be written decides the exit status."""
    counts = contributions.counts()
    by_kind = {"indicators": INDICATORS, "tags": TAGS, "cells": CROSSWALK}
    known = {name: counts.items.get(kind, 0) for name, kind in by_kind.items()}
    place = engine.shown(engine.address())
    _say(tr("cli.store_counts", path=place, changes=counts.changes, number=counts.number, **known))
    refusal = engine.trouble()
    if refusal is not None:
        raise refusal
    return _say(tr("cli.store_writable"))


def _backup(options: argparse.Namespace, tr: Translator) -> int:
    """Write a backup."""
    made = backup.write_backup(options.file)
    said = {"path": str(options.file), "count": made.changes, "sha": made.sha256[:12]}
    return _say(tr("cli.store_backed", **said))


def _restore(options: argparse.Namespace, tr: Translator) -> int:
    """Fill the store from a backup; a damaged file gives way, and is kept."""
    backup.check(options.file)
    aside = backup.set_aside() if options.replace else None
    if aside is not None:
        _say(tr("cli.store_aside", path=str(aside)))
    made = backup.restore(options.file, replace=options.replace)
    place = engine.shown(engine.address())
    return _say(tr("cli.store_restored", count=made.changes, path=place))


def _removed(_options: argparse.Namespace, tr: Translator) -> int:
    """List what was removed."""
    found = contributions.removed()
    for each in found:
        names = ", ".join([*each.names[:SHOWN], *(["…"] if len(each.names) > SHOWN else [])])
        told = {"act": each.act, "at": each.at[:19], "kind": each.kind, "city": each.city}
        _say(tr("cli.store_removed_line", author=each.author, names=names, **told))
    return 0 if found else _say(tr("cli.store_nothing_removed"))


def _undo(options: argparse.Namespace, tr: Translator) -> int:
    """Bring back what was removed."""
    contributions.undo(options.act, options.code or os.environ.get(FACILITATOR_VARIABLE, ""))
    return _say(tr("cli.store_undone"))


def _say(text: str) -> int:
    """Print a line, and return the exit status of what was done."""
    sys.stdout.write(text + "\n")
    return 0


WAYS: Mapping[str, Callable[[argparse.Namespace, Translator], int]] = {
    "backup": _backup,
    "restore": _restore,
    "path": _path,
    "status": _status,
    "removed": _removed,
    "undo": _undo,
}
"""What `store` can do, by its word."""
