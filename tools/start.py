"""Create the environment of this copy once, then start the dashboard and open the browser.

`start.sh`, `start.command` and `start.bat` find a Python and run this script with it. On the
stick, packages are installed from the folder `wheels` beside the code, without a network. Only
the standard library is imported, since nothing else is installed yet.
"""

from __future__ import annotations

import hashlib
import importlib.util
import locale
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK, WHEELS, STAMP = "requirements.txt", "wheels", ".installed"
NEEDED = (3, 11)
LANGUAGES = {"es": "es", "spanish": "es", "pt": "pt", "portuguese": "pt"}


class CannotStartError(Exception):
    """Why the dashboard cannot start; its text is for the user."""


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Create the environment if it is missing, and start the dashboard."""
    texts = texts_of(root, language(os.environ))
    try:
        python = prepare(root, texts)
    except CannotStartError as refusal:
        sys.stderr.write(f"SixEs Geo: {refusal}\n")
        return 1
    os.chdir(root)
    return replace_process([str(python), "-m", "sixes_geo", "app", "--open", *arguments])


def replace_process(command: list[str]) -> int:
    """Replace this process by a command; on Windows, run it and return its exit status."""
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606  (no shell: folders may be called anything)
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 0


def language(environment: Mapping[str, str]) -> str:
    """Return the language of the system if there are texts in it, else English."""
    named = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    setting = next(filter(None, named), None) or locale.getlocale()[0] or ""
    return LANGUAGES.get(re.split(r"[_.@-]", setting.casefold())[0], "en")


def texts_of(root: Path, chosen: str) -> Mapping[str, str]:
    """Return the messages shown while starting, in a language."""
    catalog = root / "sixes_geo" / "i18n" / f"{chosen}.toml"
    texts: Mapping[str, str] = tomllib.loads(catalog.read_text(encoding="utf-8"))["start"]
    return texts


def prepare(root: Path, texts: Mapping[str, str]) -> Path:
    """Return the interpreter of an environment with the packages of the lock."""
    lock = root / LOCK
    folder = environment_folder(root, user_folder(os.environ))
    python = interpreter(folder)
    stamp = folder / STAMP
    if works(python) and stamp.is_file() and stamp.read_bytes() == lock.read_bytes():
        return python
    check_python(root / WHEELS, texts)
    sys.stderr.write(f"SixEs Geo: {texts['preparing'].format(folder=folder)}\n")
    try:
        if not works(python):
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        install(python, lock, root / WHEELS)
    except (OSError, subprocess.CalledProcessError) as fault:
        raise CannotStartError(texts["not_installed"]) from fault
    stamp.write_bytes(lock.read_bytes())
    return python


def environment_folder(root: Path, users: Path) -> Path:
    """Return the folder of this copy's environment, whether or not it exists.

    It is beside the code, as with `make app`. A stick is used on several machines, which cannot
    share an environment: there, and in a read-only folder, it is in the user's data folder.
    """
    if not (root / WHEELS).is_dir() and writable(root):
        return root / ".venv"
    checksum = hashlib.sha256((root / LOCK).read_bytes()).hexdigest()
    return users / "sixes-geo" / f"environment-{checksum[:12]}"


def writable(folder: Path) -> bool:
    """Tell whether files can be created in a folder."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def user_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder of user data on this system."""
    home = Path.home()
    if os.name == "nt":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    return Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")


def interpreter(folder: Path) -> Path:
    """Return the interpreter of an environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def works(python: Path) -> bool:
    """Tell whether an interpreter still runs: the Python it was made from may be gone."""
    check = f"import pip, sys; sys.exit(sys.version_info < {NEEDED})"
    try:
        return (
            subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def check_python(wheels: Path, texts: Mapping[str, str]) -> None:
    """Refuse a Python that cannot create an environment, or that has no wheels here."""
    if importlib.util.find_spec("ensurepip") is None:
        raise CannotStartError(texts["no_venv"])
    fit = versions_of(wheels)
    here = sys.version_info[:2]
    if fit and here not in fit:
        wanted = ", ".join(f"{major}.{minor}" for major, minor in sorted(fit))
        version = f"{here[0]}.{here[1]}"
        raise CannotStartError(texts["other_python"].format(wanted=wanted, version=version))


def versions_of(wheels: Path) -> set[tuple[int, int]]:
    """Return the versions of Python that the compiled wheels in a folder are for."""
    names = (path.name for path in wheels.glob("*.whl"))
    tags = (re.search(r"-cp(\d)(\d+)-cp\1\2-", name) for name in names)
    return {(int(tag[1]), int(tag[2])) for tag in tags if tag}


def install(python: Path, lock: Path, wheels: Path) -> None:
    """Install the packages of the lock, from the wheels beside the code if there are any."""
    options = ["--isolated", "--no-index", "--find-links", str(wheels)] if wheels.is_dir() else []
    subprocess.run(
        [
            *(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *(*options, "--require-hashes", "-r", str(lock)),
        ],
        check=True,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
