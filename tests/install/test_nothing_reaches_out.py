"""No page, no format and no start contacts or looks up another host: all of them, under strace."""

import os
import shutil
import subprocess
import sys

import pytest
from house import ROOT

TOOLS = {name: shutil.which(name) for name in ("strace", "unshare", "ip")}
MISSING = sorted(name for name, path in TOOLS.items() if path is None)
ROOT_HERE = [] if os.geteuid() == 0 else ["--map-root-user"]

pytestmark = [
    pytest.mark.timeout(1500),  # a busy machine is no fault
    pytest.mark.skipif(bool(MISSING), reason=f"missing: {', '.join(MISSING)} (.ci/tools)"),
]


@pytest.mark.usefixtures("in_toy")
def test_every_page_format_and_start_stays_within_the_machine():
    alone = ["unshare", *ROOT_HERE, "--net", "--", "sh", "-c", 'ip link set lo up && exec "$@"']
    checked = [sys.executable, "tools/offline.py", "--checkout", "toy", "sensors"]
    told = subprocess.run(
        [*alone, "sh", *checked], cwd=ROOT, check=False, capture_output=True, text=True
    )

    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert len([line for line in lines if "snapshot" in line]) == 8
    assert {line.split(": ")[1] for line in lines} == {"checkout", "streamlit"}
    assert all(line.endswith(", none outside") for line in lines)
