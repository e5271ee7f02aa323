"""Ask a database of known faults about every package of the lock: `make audit`.

The database is elsewhere. Where it cannot be reached, that is said in one line and nothing fails:
not having asked is no fault of the packages, and no proof that they have none.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.txt"
WAIT_S, ANSWER_S = 300, 15
"""Longest wait for all answers, and for one."""

COMMAND = (
    *(sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--require-hashes"),
    *("--disable-pip", "--vulnerability-service", "osv", "--format", "json"),
    *("--progress-spinner", "off", "--timeout", str(ANSWER_S)),
)
"""Asks by name and version; nothing is installed or downloaded."""

UNREACHED = re.compile(
    r"connect|timed? ?out|resol|unreachable|max retries|proxy|refused|forbidden", re.IGNORECASE
)
NOT_ASKED = "audit: the database of known faults cannot be reached from here: nothing was checked"


def main() -> int:
    """Print what is known; return 1 for known faults, or if pip-audit itself fails."""
    try:
        told = subprocess.run(
            COMMAND, check=False, capture_output=True, encoding="utf-8", timeout=WAIT_S
        )
    except subprocess.TimeoutExpired:
        print(NOT_ASKED)
        return 0
    if not told.stdout.strip():
        reason = told.stderr.strip().rpartition("\n")[2]  # the end of a traceback, if it is one
        if UNREACHED.search(reason):
            print(NOT_ASKED)
            return 0
        print(f"audit: pip-audit failed: {reason}", file=sys.stderr)
        return 1
    packages = json.loads(told.stdout)["dependencies"]
    lines = list(faults(packages))
    sys.stderr.write("".join(f"audit: {line}\n" for line in lines))
    print(f"audit: {len(packages)} packages, known faults: {len(lines)}")
    return 1 if lines else 0


def faults(packages: list[dict[str, Any]]) -> Iterator[str]:
    """Yield every known fault of every package, and what could not be asked about."""
    for package in packages:
        name = f"{package['name']} {package.get('version', '')}".strip()
        if "skip_reason" in package:
            yield f"{name}: not checked: {package['skip_reason']}"
        for fault in package.get("vulns", []):
            fixed = ", ".join(fault["fix_versions"]) or "no version yet"
            yield f"{name}: {fault['id']}, fixed in {fixed}"


if __name__ == "__main__":
    sys.exit(main())
