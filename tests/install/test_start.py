"""A person who double-clicks gets the dashboard, whatever the folder is called."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import start

ROOT = Path(__file__).parents[2]
FOLDER = "Ñuñoa & São João (2)"
STARTERS = ("start.sh", "start.command", "start.bat")
APP = "import json, os, sys\nprint(json.dumps([sys.prefix, os.getcwd(), sys.argv[1:]]))\n"
TIMEOUT_S = 120

real = pytest.mark.long
"""Makes environments, which takes seconds each."""


def wheel(folder, version="1.0"):
    """Write a wheel of a package without code; return its line for a lock."""
    path = folder / f"toytown-{version}-py3-none-any.whl"
    about = f"toytown-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("toytown.py", "")
        made.writestr(
            f"{about}/METADATA", f"Metadata-Version: 2.1\nName: toytown\nVersion: {version}\n"
        )
        made.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        made.writestr(f"{about}/RECORD", "")
    return f"toytown=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def stick(tmp_path):
    """Write a copy of the product, with an app that only tells how it was started."""
    root = tmp_path / FOLDER
    (root / "wheels").mkdir(parents=True)
    (root / "tools").mkdir()
    for name in (*STARTERS, "tools/start.py"):
        shutil.copy2(ROOT / name, root / name)
    catalogs = root / "sixes_geo" / "i18n"
    catalogs.mkdir(parents=True)
    for path in (ROOT / "sixes_geo" / "i18n").glob("*.toml"):
        shutil.copy2(path, catalogs)
    (root / "sixes_geo" / "__init__.py").touch()
    (root / "sixes_geo" / "__main__.py").write_text(APP)
    (root / "requirements.txt").write_text(wheel(root / "wheels"))
    return root


def started(root, *arguments, starter="start.sh", **environment):
    """Start a copy from elsewhere, as a double click does; return what came of it."""
    users = {"XDG_DATA_HOME": str(root.parent / "users"), "PYTHON": sys.executable, "LANG": "C"}
    return subprocess.run(
        [root / starter, *arguments],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_S,
        env=os.environ | users | environment,
    )


def told(result):
    """Return environment, folder and arguments of the app that was started."""
    assert result.returncode == 0, result.stderr
    prefix, folder, arguments = json.loads(result.stdout)
    return Path(prefix), Path(folder), arguments


@real
@pytest.mark.parametrize("starter", ["start.sh", "start.command"])
def test_a_stick_starts_without_a_network_from_a_folder_of_any_name(stick, starter):
    prefix, folder, arguments = told(started(stick, "--port", "8600", starter=starter))

    assert folder == stick
    assert arguments == ["app", "--open", "--port", "8600"]
    assert prefix.is_relative_to(stick.parent / "users")
    assert list(prefix.glob("lib/*/site-packages/toytown.py"))


@real
def test_the_second_start_installs_nothing(stick):
    first = started(stick)
    shutil.rmtree(stick / "wheels")
    (stick / "wheels").mkdir()

    second = started(stick)

    assert "Preparing" in first.stderr
    assert second.stderr == ""
    assert told(second) == told(first)


@real
def test_a_copy_with_another_lock_gets_what_that_lock_asks_for(stick):
    before, _, _ = told(started(stick))
    (stick / "requirements.txt").write_text(wheel(stick / "wheels", "2.0"))

    after, _, _ = told(started(stick))

    assert after != before
    assert list(after.glob("lib/*/site-packages/toytown-2.0.dist-info"))


@real
def test_a_wheel_that_was_changed_is_not_installed(stick):
    [path] = (stick / "wheels").glob("*.whl")
    with zipfile.ZipFile(path, "a") as changed:
        changed.writestr("more.py", "")

    result = started(stick, LANG="es_CL.UTF-8")

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.endswith("SixEs Geo: No se pudo instalar; el motivo aparece arriba.\n")


@real
def test_an_install_that_failed_is_tried_again(stick):
    [path] = (stick / "wheels").glob("*.whl")
    whole = path.read_bytes()
    path.write_bytes(b"")
    assert started(stick).returncode == 1
    path.write_bytes(whole)

    assert told(started(stick))[1] == stick


@real
def test_an_environment_whose_python_is_gone_is_made_again(stick):
    prefix, _, _ = told(started(stick))
    python = prefix / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3")

    assert told(started(stick))[0] == prefix


def test_a_copy_without_wheels_keeps_its_environment_beside_the_code(tmp_path):
    (tmp_path / "requirements.txt").touch()

    assert start.environment_folder(tmp_path, tmp_path / "users") == tmp_path / ".venv"


def test_a_copy_that_cannot_be_written_has_its_environment_with_the_user(tmp_path, monkeypatch):
    (tmp_path / "requirements.txt").touch()
    monkeypatch.setattr(start, "writable", lambda _: False)

    folder = start.environment_folder(tmp_path, tmp_path / "users")

    assert folder.parent == tmp_path / "users" / "sixes-geo"


def test_a_folder_is_writable_if_a_file_can_be_made_in_it(tmp_path):
    (tmp_path / "file").touch()

    assert start.writable(tmp_path)
    assert not start.writable(tmp_path / "file")
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_a_stick_made_for_other_pythons_says_for_which(stick):
    for tag in ("cp34", "cp35"):
        (stick / "wheels" / f"toytown-1.0-{tag}-{tag}-win_amd64.whl").touch()

    result = started(stick, LANG="pt_BR.UTF-8")

    version = ".".join(map(str, sys.version_info[:2]))
    assert (result.returncode, result.stdout) == (1, "")
    assert "é feita para Python 3.4, 3.5," in result.stderr
    assert f"encontrado {version}." in result.stderr
    assert "Traceback" not in result.stderr


def test_a_machine_without_python_is_told_so_in_three_languages(stick):
    tools = stick.parent / "tools"
    tools.mkdir()
    (tools / "dirname").symlink_to(shutil.which("dirname"))
    old = tools / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)

    result = started(stick, PATH=str(tools), PYTHON="")

    assert result.returncode == 1
    assert [line.split()[2] for line in result.stderr.splitlines()] == ["falta", "falta", "Python"]
    assert result.stderr.count("Python 3.11") == 3


@pytest.mark.parametrize(
    ("named", "language"),
    [
        ("es_CL.UTF-8", "es"),
        ("pt_BR", "pt"),
        ("Spanish_Chile.1252", "es"),
        ("de_DE", "en"),
        ("C", "en"),
    ],
)
def test_the_language_is_that_of_the_machine_if_the_product_speaks_it(named, language):
    assert start.language({"LANG": named}) == language
    assert start.language({"LANG": "C", "LC_ALL": named}) == language


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_every_text_of_the_start_is_there_in_every_language(language):
    source = (ROOT / "tools" / "start.py").read_text(encoding="utf-8")
    asked = set(re.findall(r"""texts\[["'](\w+)["']\]""", source))

    assert len(asked) > 3
    assert asked == start.texts_of(ROOT, language).keys()


def test_the_windows_starter_has_windows_line_ends_and_letters_that_every_console_knows():
    lines = (ROOT / "start.bat").read_bytes()

    assert lines.isascii()
    assert lines.count(b"\r\n") == lines.count(b"\n") > 10


def test_the_windows_starter_quotes_every_path_and_every_value():
    lines = (ROOT / "start.bat").read_text(encoding="ascii").splitlines()
    paths = [line for line in lines if "%~dp0" in line or "\\" in line]
    values = [line for line in lines if re.search(r"\bset ", line)]

    assert len(paths) == 2
    assert [line for line in paths if not re.search(r'"(%~dp0|tools\\start\.py)"', line)] == []
    assert [line for line in values if not re.search(r'\bset "\w+=[^"]*"', line)] == []
    assert "DisableDelayedExpansion" in lines[3]  # a folder may have an exclamation mark


def test_the_windows_starter_jumps_only_to_labels_that_it_has():
    text = (ROOT / "start.bat").read_text(encoding="ascii")

    labels = set(re.findall(r"^:(\w+)", text, flags=re.MULTILINE))
    assert labels == set(re.findall(r"\bgoto (\w+)", text)) == {"missing"}


@pytest.mark.parametrize("name", ["start.sh", "start.command"])
def test_a_double_click_may_run_it(name):
    path = ROOT / name

    assert path.read_bytes().startswith(b"#!/bin/sh\n")
    assert b"\r" not in path.read_bytes()
    assert path.stat().st_mode & 0o111 == 0o111


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_asks_for_the_python_that_the_project_asks_for(name):
    text = (ROOT / name).read_text(encoding="ascii")

    assert "start.sh" in text if name == "start.command" else "< (3, 11)" in text
    assert start.NEEDED == (3, 11)


def test_the_starter_imports_only_what_every_python_has():
    source = (ROOT / "tools" / "start.py").read_text(encoding="utf-8")
    names = re.findall(r"^(?:import|from) (\w+)", source, flags=re.MULTILINE)

    assert set(names) - {"__future__"} <= sys.stdlib_module_names
