"""The workers of a server: where there are none tasks run at once, and none outlives its server."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from house import LIBRARY, ROOT
from polling import until

from sixes_geo.base.errors import ChoiceError
from sixes_geo.contributions import brought
from sixes_geo.workers import folders, shared

PATIENCE_S = 90
NOTICED_S = 1.0
SERVER = """
import sys, time
from sixes_geo.workers.pool import Pool
from made_tasks import TASKS
pool = Pool(2, TASKS, (sys.executable, "-m", "sixes_geo", "worker", "--table", "made_tasks"))
tickets = [pool.submit(name, {"file": "none"}) for name in ("wait", "litter")]
while not all(ticket.progress.stage or ticket.progress.state == "done" for ticket in tickets):
    time.sleep(0.01)
print(pool._folder, *pool.processes(), flush=True)
sys.stdin.read()
"""


def gone(pid):
    """Tell whether a process has ended, whether or not anybody has taken notice of it."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_workers_of_a_killed_server_end_within_a_second_and_the_next_start_cleans_up():
    paths = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    with subprocess.Popen(
        [sys.executable, "-c", SERVER],
        env=os.environ | {"PYTHONPATH": paths},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        folder, *numbers = server.stdout.readline().split()
        workers = [int(number) for number in numbers]
        assert len(workers) == 2
        assert not any(map(gone, workers))
        assert Path(folder) not in folders.clean_left_folders()
        server.kill()
    until(lambda: all(map(gone, workers)), NOTICED_S)
    left = [pid for pid in workers if not gone(pid)]
    for pid in left:
        psutil.Process(pid).kill()

    assert left == []
    assert list(Path(folder).iterdir()) != []
    assert Path(folder) in folders.clean_left_folders()
    assert not Path(folder).exists()


@pytest.mark.usefixtures("in_toy")
def test_without_workers_a_task_runs_where_it_is_asked(toy_city):
    assert not shared.is_ready()
    with pytest.raises(ChoiceError, match="the first row lacks") as caught:
        brought.indicator(toy_city, b"a,b\n1,2\n", "a.csv")
    assert caught.value.where == "a.csv"


def test_how_many_workers_there_are_can_be_set_within_limits(monkeypatch):
    for told, size in ((None, None), ("", None), ("0", 0), (" 3 ", 3), ("32", 32)):
        if told is None:
            monkeypatch.delenv(shared.SIZE_VARIABLE, raising=False)
        else:
            monkeypatch.setenv(shared.SIZE_VARIABLE, told)
        wanted = min(shared.DEFAULT, os.cpu_count() or 1) if size is None else size
        assert shared.size() == wanted
    for told in ("-1", "33", "many", "1.5", "٣", "9" * 5000):
        monkeypatch.setenv(shared.SIZE_VARIABLE, told)
        with pytest.raises(ChoiceError, match=r"expected: a number from 0 to 32\. Set it"):
            shared.size()


def test_the_mechanism_imports_nothing_of_what_it_runs():
    own = [source for source in LIBRARY if source.name.startswith("sixes_geo/workers/")]
    allowed = ("sixes_geo.workers", "sixes_geo.base", "sixes_geo.i18n")

    assert len(own) > 5
    assert [
        (source.name, name)
        for source in own
        for _, name in source.imports
        if name.startswith("sixes_geo.") and not name.startswith(allowed)
    ] == []
