"""Fail if a browser test was skipped, or if a test file was not part of any run.

Without a browser its tests are skipped, and a file that is not collected cannot fail: pytest
reports success in both cases. `.ci/run` passes the reports of its runs.
"""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NEEDS_RAW = {"tests/build/test_full_rebuild.py"}
"""Skipped as a whole where the raw files are missing; see CONTRIBUTING.md."""


def cases(reports: Iterable[Path]) -> Iterator[tuple[str, str, bool]]:
    """Yield the tests in reports: the file, the name, and whether it was skipped."""
    for report in reports:
        for case in ET.parse(report).iter("testcase"):  # noqa: S314  (written by pytest)
            module = case.get("classname", "").replace(".", "/")
            yield f"{module}.py", case.get("name", ""), case.find("skipped") is not None


def faults(tests: Iterable[str], reports: Iterable[Path]) -> Iterator[str]:
    """Yield what was skipped or never run, one line each.

    Parameters
    ----------
    tests
        All test files, as paths from the root.
    reports
        Files written by pytest with ``--junitxml``.
    """
    known = list(cases(reports))
    browser = [case for case in known if case[0].startswith("tests/browser/")]
    if not browser:
        yield "no browser test was run"
    yield from (f"skipped: {file} {name}" for file, name, skipped in browser if skipped)
    ran = {file for file, _, skipped in known if not skipped} | NEEDS_RAW
    yield from (f"never run: {file}" for file in sorted(set(tests) - ran))


def main(reports: Sequence[str]) -> int:
    """Print all faults, and return an exit status."""
    listed = subprocess.run(
        ["git", "ls-files", "--", "tests/test_*.py", "tests/**/test_*.py"],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    lines = list(faults(listed.stdout.split(), map(Path, reports)))
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
