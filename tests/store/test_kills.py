"""A process that is killed while it keeps things: what it acknowledged is there, and only once."""

import signal
import subprocess
import sys

import numpy as np
import pytest
from house import ROOT

from sixes_geo.store import contributions

ROUNDS, AT_ONCE = 50, 2

KEEPER = """
import os, signal, sys, threading
from sixes_geo.store import contributions
from sixes_geo.store.contributions import Draft
from sixes_geo.store.versions import Change
nth, seen = int(sys.argv[1]), 0
contributions.counts()
end = threading.Timer(float(sys.argv[2]), os.kill, (os.getpid(), signal.SIGKILL))
end.start()
while True:
    seen += 1
    mark = f"{nth}-{seen}"
    contributions.keep_new("indicators", "toy", Draft("own-x", "Ana", lambda _: mark), "mine")
    contributions.change("crosswalk", "", lambda _: [Change(mark, "Ana", mark)], "mine")
    if seen % 3 == 0:
        contributions.remove("crosswalk", "", lambda item: item.name == mark, "mine")
        print("removed", mark, flush=True)
    else:
        print("kept", mark, flush=True)
"""


@pytest.mark.timeout(600)  # on a machine that does much else
def test_every_acknowledged_change_is_there_once_after_fifty_kills():
    chance = np.random.default_rng(13)
    kept, removed = [], []
    for first in range(0, ROUNDS, AT_ONCE):
        keepers = [
            subprocess.Popen(
                [sys.executable, "-c", KEEPER, str(nth), str(chance.uniform(0.02, 0.3))],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
            )
            for nth in range(first, first + AT_ONCE)
        ]
        output = "".join(keeper.communicate()[0] for keeper in keepers)
        assert [keeper.returncode for keeper in keepers] == [-signal.SIGKILL] * AT_ONCE
        whole = [line.split() for line in output.splitlines(keepends=True) if line.endswith("\n")]
        kept += [mark for what, mark in whole if what == "kept"]
        removed += [mark for what, mark in whole if what == "removed"]

    indicators = [item.content for item in contributions.items("indicators", "toy")]
    cells = [item.content for item in contributions.items("crosswalk", "")]
    assert len(kept) + len(removed) > ROUNDS
    assert len(removed) > 5
    assert len(set(indicators)) == len(indicators)
    assert len(set(cells)) == len(cells)
    assert sorted(set(kept + removed) - set(indicators)) == []
    assert sorted(set(kept) - set(cells)) == []
    assert sorted(set(removed) & set(cells)) == []
