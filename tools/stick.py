"""Write one ZIP that runs on a laptop with Python and no internet: `make stick`.

It contains the product, the start files, and a wheel of every package of the lock for each
system and Python. Checksums are those of the lock, both when downloading here and when
installing from the stick. The same commit gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.12", "3.13")
PRODUCT = (
    *("app.py", "pages", "sixes_geo", "geodata", ".streamlit"),
    *("start.sh", "start.command", "start.bat", "tools/start.py", "requirements.txt"),
    *("README.md", "LICENSE", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs"),
)
"""What is needed to run the product."""

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of every file, so that the bytes do not depend on when the stick was made."""

RUNNABLE, READABLE = 0o100755, 0o100644


@dataclass(frozen=True)
class System:
    """A system as wheels name it, oldest version last, and as markers name it."""

    tags: tuple[str, ...]
    markers: dict[str, str]


SYSTEMS = {
    "linux": System(
        ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_17_x86_64",
         "manylinux2014_x86_64", "linux_x86_64"),
        {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix",
         "platform_machine": "x86_64"},
    ),
    "macos": System(
        ("macosx_15_0_arm64",),
        {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix",
         "platform_machine": "arm64"},
    ),
    "windows": System(
        ("win_amd64",),
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt",
         "platform_machine": "AMD64"},
    ),
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the ZIP, or only list its wheels."""
    parser = argparse.ArgumentParser(prog="tools/stick.py", description=__doc__)
    parser.add_argument("--platform", action="append", choices=SYSTEMS, help="default: all")
    parser.add_argument(
        "--python", action="append", metavar="3.X", help=f"default: {', '.join(PYTHONS)}"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR")
    parser.add_argument(
        "--dry-run", action="store_true", help="list the wheels without downloading them"
    )
    options = parser.parse_args(arguments)
    targets = [
        (SYSTEMS[name], python)
        for name in options.platform or SYSTEMS
        for python in options.python or PYTHONS
    ]
    try:
        if options.dry_run:
            wheels = sorted({wheel for target in targets for wheel in wheels_for(*target)})
            print(*wheels, f"{len(wheels)} wheels", sep="\n")
            return 0
        options.out.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=options.out) as folder:
            for target in targets:
                download(*target, Path(folder))
            path = write(options.out, sorted(Path(folder).glob("*.whl")))
    except subprocess.CalledProcessError as fault:
        print(f"stick: {' '.join(fault.cmd[1:4])} failed; the reason is above", file=sys.stderr)
        return 1
    print(f"{path} ({path.stat().st_size / 1e6:,.0f} MB)")
    return 0


def pins(system: System, python: str, lock: str) -> Iterator[str]:
    """Yield the lines of the lock that apply to a system and a Python, without their markers.

    pip judges markers by the machine it runs on, whatever system it is asked to download for.
    """
    environment = {
        **system.markers,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for entry in re.sub(r"\\\n", " ", lock).splitlines():
        if not entry or entry.lstrip().startswith("#"):
            continue
        text, *checksums = entry.split(" --hash=")
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate(environment):
            hashes = " ".join(f"--hash={checksum.strip()}" for checksum in checksums)
            yield f"{requirement.name}{requirement.specifier} {hashes}"


def wheels_for(system: System, python: str) -> list[str]:
    """Return the names of the available wheels, without downloading them."""
    options = ("--dry-run", "--ignore-installed", "--target", "unused", "--report", "-")
    report = pip(("install", *options), system, python)
    urls = [entry["download_info"]["url"] for entry in json.loads(report)["install"]]
    return [url.rpartition("/")[2] for url in urls]


def download(system: System, python: str, folder: Path) -> None:
    """Download all wheels for a system and a Python."""
    pip(("download", "--dest", str(folder)), system, python)


def pip(command: Sequence[str], system: System, python: str) -> str:
    """Run pip for a system and a Python, and return its output."""
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    with TemporaryDirectory() as folder:
        requirements = Path(folder) / "requirements.txt"
        requirements.write_text("\n".join(pins(system, python, lock)), encoding="utf-8")
        completed = subprocess.run(
            [
                *(sys.executable, "-m", "pip", *command, "--quiet", "--disable-pip-version-check"),
                *("--no-deps", "--only-binary=:all:", "--require-hashes", "-r", str(requirements)),
                *("--implementation", "cp", "--python-version", python),
                *(option for tag in system.tags for option in ("--platform", tag)),
            ],
            check=True,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
    return completed.stdout


def write(out: Path, wheels: Sequence[Path]) -> Path:
    """Write the ZIP in one step, and return its path."""
    source = (ROOT / "sixes_geo" / "__init__.py").read_text(encoding="utf-8")
    [version] = re.findall(r'^__version__ = "(.+)"$', source, flags=re.MULTILINE)
    path = out / f"sixes-geo-stick-{version}.zip"
    beside = wheels[0].with_name(path.name)
    files = {f"sixes-geo-{version}/{name}": ROOT / name for name in product()}
    files |= {f"sixes-geo-{version}/wheels/{wheel.name}": wheel for wheel in wheels}
    with zipfile.ZipFile(beside, "w") as archive:
        for name in sorted(files):
            add(archive, name, files[name])
    return beside.replace(path)


def product() -> list[str]:
    """Return the files of the product that git tracks."""
    completed = subprocess.run(
        ["git", "ls-files", "-z", *PRODUCT],  # noqa: S607  (from the PATH)
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    return [name for name in completed.stdout.split("\0") if name]


def add(archive: zipfile.ZipFile, name: str, file: Path) -> None:
    """Add a file to the archive; wheels are compressed already."""
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.create_system = 3  # Unix: permissions are kept when unpacking
    runnable = file.suffix in {".sh", ".command"}
    entry.external_attr = (RUNNABLE if runnable else READABLE) << 16
    packed = file.suffix == ".whl"
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    with file.open("rb") as content, archive.open(entry, "w") as target:
        while part := content.read(1 << 20):
            target.write(part)


if __name__ == "__main__":
    sys.exit(main())
