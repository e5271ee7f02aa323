"""The keys of this copy: its own, which signs snapshots, and those of others that people know.

The folder is the one that `FOLDER_VARIABLE` names, or lies in the user's own data folder. The
own key is made when it is first needed, and only its owner can read it. Where it cannot be kept
there is none: what would have been signed is not, the log says so, and nothing else changes.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import secrets
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from platformdirs import user_data_path

from sixes_geo.base.errors import ChoiceError, DataError, Problem
from sixes_geo.base.paths import cause_of

FOLDER_VARIABLE = "SIXES_KEYS"
OWN, KNOWN, SUFFIX = "own.key", "known", ".txt"

BYTES = 32
"""Of a key, secret or public; any that many random bytes are a secret key of Ed25519."""

LONGEST_NAME = 80
PRIVATE, PRIVATE_FOLDER = 0o600, 0o700

_HEX = re.compile(f"[0-9a-f]{{{2 * BYTES}}}", re.ASCII)
_LARGEST = 4 * LONGEST_NAME + 1
"""Bytes that are read of any file here."""

_LOOKS, _PAUSE_S = 40, 0.05
"""How often, and after how long, a key is looked at that another process is just writing."""

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class KnownKey:
    """A public key of somebody else, in hexadecimal digits, and what the reader calls it."""

    public: str
    name: str


def folder() -> Path:
    """Return the folder of keys."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else user_data_path("sixes-geo", appauthor=False) / "keys"


def own_key() -> bytes | None:
    """Return the secret key of this copy, made now if there is none; None if it cannot be kept."""
    try:
        return needed_key()
    except DataError as refusal:
        _report(str(refusal))
        return None


def needed_key() -> bytes:
    """Return the secret key of this copy, made now if there is none.

    Raises
    ------
    DataError
        If it cannot be kept or read.
    """
    path = folder() / OWN
    try:
        return _read_own(path) or _made(path)
    except OSError as fault:
        raise _unwritable(path, fault) from None


def existing_key() -> bytes | None:
    """Return the secret key of this copy if it was made already and can be read."""
    try:
        return _read_own(folder() / OWN)
    except OSError:
        return None


def known_keys() -> tuple[KnownKey, ...]:
    """Return the keys that were made known here, by name; what is no key is passed over."""
    try:
        paths = list((folder() / KNOWN).glob(f"*{SUFFIX}"))
    except OSError:
        paths = []
    keys = [KnownKey(path.stem, _name_in(path)) for path in paths if is_public(path.stem)]
    return tuple(sorted(keys, key=lambda key: (key.name.casefold(), key.public)))


def make_known(public: str, name: str = "") -> KnownKey:
    """Keep a public key under a name of the reader's own, in place of an earlier name.

    Parameters
    ----------
    public
        The key, in hexadecimal digits.
    name
        What the reader calls it, perhaps nothing.

    Raises
    ------
    ChoiceError
        If it is no key, or the name is too long or holds characters that cannot be seen.
    DataError
        If the folder cannot be written.
    """
    problems = [] if is_public(public) else [Problem("no_key", {"got": public[:LONGEST_NAME]})]
    problems += _name_faults(name)
    if problems:
        raise ChoiceError("key", problems, "fix_fields")
    path = folder() / KNOWN / f"{public}{SUFFIX}"
    try:
        draft = _draft(path, name.encode())
        try:
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as fault:
        raise _unwritable(path, fault) from None
    return KnownKey(public, name)


def forget(key: KnownKey) -> None:
    """Remove a key from those that are known here.

    Raises
    ------
    DataError
        If the folder cannot be written.
    """
    path = folder() / KNOWN / f"{key.public}{SUFFIX}"
    try:
        path.unlink(missing_ok=True)
    except OSError as fault:
        raise _unwritable(path, fault) from None


def is_public(text: str) -> bool:
    """Tell whether a text has the form of a public key."""
    return _HEX.fullmatch(text) is not None


def _read_own(path: Path) -> bytes | None:
    """Return the key in a file; None if there is no file.

    On a file system without links, another process may have begun to write it: a short file is
    looked at again.
    """
    for _ in range(_LOOKS):
        try:
            content = _start_of(path)
        except FileNotFoundError:
            return None
        if len(content) >= 2 * BYTES:
            break
        time.sleep(_PAUSE_S)
    text = content.decode("ascii", "replace").strip()
    if not _HEX.fullmatch(text):
        raise OSError(errno.EINVAL, "not a key", str(path))
    _keep_private(path)
    return bytes.fromhex(text)


def _made(path: Path) -> bytes:
    """Make a key, or return the one that another process made at the same time."""
    draft = _draft(path, secrets.token_hex(BYTES).encode() + b"\n")
    try:
        _take(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    made = _read_own(path)
    if made is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    return made


def _draft(path: Path, content: bytes) -> Path:
    """Write a file beside its final place, for its owner only, all of it on the disk."""
    if not path.is_absolute() and not os.environ.get(FOLDER_VARIABLE):
        raise FileNotFoundError(errno.ENOENT, "no home folder", str(path))
    path.parent.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(".new", ".", path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _take(draft: Path, path: Path) -> None:
    """Give a file its final name, unless another process was first."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        content = draft.read_bytes()
        with suppress(FileExistsError):
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE)
            with os.fdopen(handle, "wb") as file:
                file.write(content)


def _keep_private(path: Path) -> None:
    """Take away what others may do with a secret key, and log that they could."""
    if os.name == "posix" and path.stat().st_mode & ~PRIVATE & 0o777:
        path.chmod(PRIVATE)
        _logger.warning("%s could be read by others; now only its owner can", path)


def _start_of(path: Path) -> bytes:
    """Return the beginning of a file, as much as any file here has."""
    with path.open("rb") as file:
        return file.read(_LARGEST)


def _name_in(path: Path) -> str:
    """Return the name that a file of a known key holds; nothing if it is none."""
    try:
        name = _start_of(path).decode("utf-8").strip()
    except (OSError, ValueError):
        return ""
    return "" if _name_faults(name) else name


def _name_faults(name: str) -> list[Problem]:
    """Return what is wrong with a name: its length, or characters that nobody sees."""
    faults = []
    if len(name) > LONGEST_NAME:
        got = {"name": "name", "got": len(name), "allowed": LONGEST_NAME}
        faults.append(Problem("too_long", got))
    hidden = [f"U+{ord(sign):04X}" for sign in name if not sign.isprintable()]
    if hidden:
        faults.append(Problem("hidden_in", {"name": "name", "got": hidden[0]}))
    return faults


def _unwritable(path: Path, fault: OSError) -> DataError:
    """Return the error for a folder of keys that cannot be written."""
    problem = Problem("unusable", {"path": str(path), "got": cause_of(fault)})
    return DataError("keys", [problem], "name_keys")


@cache
def _report(refusal: str) -> None:
    """Log, once, that there is no key to sign with."""
    _logger.warning("snapshots are not signed: %s", refusal)
