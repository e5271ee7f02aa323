"""Fail if a test of a browser was skipped, or a file of tests was left out of all runs.

Without a browser its tests are skipped, and a file that nothing collects is red for nobody: both
look like success to pytest. `.ci/run` hands over the reports of its runs.
"""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NEEDS_RAW = {"tests/build/test_full_rebuild.py"}
"""Skipped as a whole where the raw files are not at hand, as CONTRIBUTING.md says."""


def cases(reports: Iterable[Path]) -> Iterator[tuple[str, str, bool]]:
    """Yield the tests in reports: the file, the name, and whether it was skipped."""
    for report in reports:
        for case in ET.parse(report).iter("testcase"):  # noqa: S314  (pytest wrote it just now)
            module = case.get("classname", "").replace(".", "/")
            yield f"{module}.py", case.get("name", ""), case.find("skipped") is not None


def faults(tests: Iterable[str], reports: Iterable[Path]) -> Iterator[str]:
    """Yield what makes the runs worth less than they look, a line each.

    Parameters
    ----------
    tests
        The files of tests that there are, as paths from the root.
    reports
        What pytest wrote with ``--junitxml``.
    """
    told = list(cases(reports))
    browser = [one for one in told if one[0].startswith("tests/browser/")]
    if not browser:
        yield "no test of a browser was run"
    yield from (f"skipped: {file} {name}" for file, name, skipped in browser if skipped)
    ran = {file for file, _, skipped in told if not skipped} | NEEDS_RAW
    yield from (f"never run: {file}" for file in sorted(set(tests) - ran))


def main(reports: Sequence[str]) -> int:
    """Tell all faults, and return an exit status."""
    listed = subprocess.run(
        ["git", "ls-files", "--", "tests/test_*.py", "tests/**/test_*.py"],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    found = list(faults(listed.stdout.split(), map(Path, reports)))
    sys.stderr.write("".join(f"{one}\n" for one in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
