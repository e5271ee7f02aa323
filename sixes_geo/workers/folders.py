"""Temporary folders of workers: one for each server, removed with it or at the next start."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import psutil

START = "sixes-geo-work-"
_NAME = re.compile(rf"{START}(\d{{1,10}})-\w+")


def make_folder() -> Path:
    """Return a new folder of this process, which its name tells."""
    return Path(tempfile.mkdtemp(prefix=f"{START}{os.getpid()}-"))


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that is in it, as far as possible."""
    shutil.rmtree(folder, ignore_errors=True)


def clean_left_folders() -> list[Path]:
    """Remove the folders of servers that were killed, and return them.

    Only real folders of the same user whose process is gone.
    """
    left = []
    with suppress(OSError):
        for path in Path(tempfile.gettempdir()).iterdir():
            named = _NAME.fullmatch(path.name)
            if named and not psutil.pid_exists(int(named[1])) and _is_own_folder(path):
                remove_folder(path)
                left.append(path)
    return left


def _is_own_folder(path: Path) -> bool:
    """Tell whether a path is a folder of this user, and no link."""
    try:
        stat = path.lstat()
    except OSError:
        return False
    is_own = not hasattr(os, "getuid") or stat.st_uid == os.getuid()
    return is_own and path.is_dir() and not path.is_symlink()
