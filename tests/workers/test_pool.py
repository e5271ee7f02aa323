"""Workers, whatever their tasks do: one clear line for who asked, and the next one is answered."""

import os
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest
from made_tasks import REFUSAL, TASKS
from polling import until

from sixes_geo.base.errors import ChoiceError, SixesGeoError, WorkError
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.workers.pool import MOST_WAITING_EACH, Pool

COMMAND = (sys.executable, "-m", "sixes_geo", "worker", "--table", "made_tasks")
PATIENCE_S = 60
FOLDER = str(Path(__file__).parent)


@pytest.fixture(scope="module")
def make_pool():
    """Make pools of workers that know the tasks of the tests, and end them afterwards."""
    pools = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([FOLDER, os.environ.get("PYTHONPATH", "")]))

        def make(size, **options):
            pools.append(Pool(size, TASKS, COMMAND, **options))
            return pools[-1]

        yield make
        for pool in pools:
            pool.close()


@pytest.fixture(scope="module")
def pool(make_pool):
    """Make one worker for all tests that need no more."""
    return make_pool(1, most_waiting=3)


def asked(pool, name, **given):
    return pool.submit(name, given).result()


def why(pool, name, **given):
    with pytest.raises(SixesGeoError) as caught:
        asked(pool, name, **given)
    lines = [caught.value.explain(Translator(language)) for language in LANGUAGES]
    assert all(line and "\n" not in line for line in lines)
    return str(caught.value)


def begun(ticket):
    """Wait until a task runs."""
    until(lambda: ticket.progress.stage, PATIENCE_S)
    return ticket


def test_what_is_given_comes_back_as_plain_values_and_bytes(pool):
    given = {"text": "Ñuñoa \ud800 \u202e", "bytes": bytes(range(256)), "none": None, "few": [1.5]}

    answer = asked(pool, "say", **given)

    assert {name: answer[name] for name in given} == given
    assert answer["pid"] != os.getpid()


def test_a_worker_is_used_again_and_again(pool):
    assert len({asked(pool, "say")["pid"] for _ in range(5)}) == 1


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (
            "sleep",
            "it took longer than 0.5 s and was stopped. Bring a smaller file, or choose less",
        ),
        ("burn", "it took longer than 0.2 s and was stopped"),
        ("eat", "it needed more than 60 MB of memory and was stopped. Bring a smaller file"),
        ("reserve", "it needed more than 60 MB of memory and was stopped. Bring a smaller file"),
        ("crash", "it ended without an answer. Try again in a moment"),
        ("break", "it ended without an answer"),
        ("lie", "it ended without an answer"),
    ],
)
def test_what_takes_too_much_or_breaks_is_one_line_and_another_worker_goes_on(pool, name, reason):
    before = asked(pool, "say")["pid"]

    assert reason in why(pool, name)
    assert asked(pool, "say")["pid"] != before
    assert not psutil.pid_exists(before)


def test_a_refusal_arrives_with_every_fault_and_the_worker_stays(pool):
    before = asked(pool, "say")["pid"]

    with pytest.raises(ChoiceError) as caught:
        asked(pool, "refuse")

    for language in LANGUAGES:
        assert caught.value.explain(Translator(language)) == REFUSAL.explain(Translator(language))
    assert asked(pool, "say")["pid"] == before


def test_what_a_task_prints_is_no_answer(pool):
    assert asked(pool, "print") == {"said": "still here"}


def test_the_same_question_is_computed_once_and_others_each(pool, tmp_path):
    go = tmp_path / "go"
    first = begun(pool.submit("wait", {"file": str(go)}, key="a"))
    same = pool.submit("wait", {"file": str(go)}, key="a")
    other = pool.submit("wait", {"file": str(go)}, key="b")

    assert same.progress == first.progress
    assert (other.progress.state, other.progress.before) == ("waiting", 0)
    first.cancel()  # the other still waits for it
    go.touch()
    assert same.result()["pid"] == other.result()["pid"]


def test_a_full_queue_says_so_and_the_place_of_who_leaves_is_free(pool, tmp_path):
    go = tmp_path / "go"
    running = begun(pool.submit("wait", {"file": str(go)}))
    waiting = [pool.submit("say", {"nth": nth}, owner=f"visit {nth}") for nth in range(3)]

    assert [ticket.progress.before for ticket in waiting] == [0, 1, 2]
    assert "3 are waiting already; at most 3 can. Try again" in why(pool, "say")
    waiting[0].cancel()
    waiting[0].cancel()  # once is enough
    assert [ticket.progress.before for ticket in waiting[1:]] == [0, 1]
    with pytest.raises(WorkError, match="it was cancelled"):
        waiting[0].result()
    fourth = pool.submit("say", {"nth": 4})
    go.touch()
    assert [ticket.result()["nth"] for ticket in [*waiting[1:], fourth]] == [1, 2, 4]
    running.result()


def test_what_is_cancelled_ends_at_once_and_frees_its_worker(pool, tmp_path):
    running = begun(pool.submit("wait", {"file": str(tmp_path / "never")}))

    running.cancel()

    with pytest.raises(WorkError, match="it was cancelled"):
        running.result()
    assert asked(pool, "say", nth=1)["nth"] == 1


def test_visitors_take_turns_and_none_fills_the_queue(make_pool, tmp_path):
    pool, go, ended = make_pool(1), tmp_path / "go", []
    begun(pool.submit("wait", {"file": str(go)}))
    many = [pool.submit("say", {}, owner="many") for _ in range(MOST_WAITING_EACH)]
    one = pool.submit("say", {}, owner="one")

    assert one.progress.before == 1
    with pytest.raises(WorkError, match=f"at most {MOST_WAITING_EACH} can"):
        pool.submit("say", {}, owner="many")
    go.touch()
    ended += [ticket.result() for ticket in (one, *many)]
    assert len(ended) == MOST_WAITING_EACH + 1


def test_long_work_leaves_a_worker_to_short_work(make_pool, tmp_path):
    pool, go = make_pool(2), tmp_path / "go"
    long = [pool.submit("wait_long", {"file": str(go)}, owner=f"{nth}") for nth in range(3)]
    begun(long[0])

    assert asked(pool, "say", nth=1)["nth"] == 1
    assert [ticket.progress.state for ticket in long] == ["running", "waiting", "waiting"]
    go.touch()
    assert all(ticket.result()["pid"] for ticket in long)


def test_a_single_worker_busy_with_long_work_is_not_ready_for_what_a_page_waits_for(pool, tmp_path):
    go = tmp_path / "go"
    assert asked(pool, "say")
    assert pool.is_ready
    long = begun(pool.submit("wait_long", {"file": str(go)}))

    assert not pool.is_ready
    go.touch()
    long.result()
    assert pool.is_ready


def test_temporary_files_of_workers_go_with_them(make_pool):
    pool = make_pool(1)
    left = Path(asked(pool, "litter")["name"])
    workers = pool.processes()

    assert left.exists()
    assert left.is_relative_to(tempfile.gettempdir())
    pool.close()
    assert not left.parent.exists()
    assert [pid for pid in workers if psutil.pid_exists(pid)] == []
    assert "it ended without an answer" in why(pool, "say")


def test_workers_that_cannot_start_are_an_answer_too(tmp_path):
    for command in ((str(tmp_path / "none"),), (sys.executable, "-c", "print('hello')")):
        pool = Pool(1, TASKS, command)
        start = time.monotonic()
        try:
            assert "it ended without an answer" in why(pool, "say")
        finally:
            pool.close()
        assert time.monotonic() - start < PATIENCE_S
