"""What is logged, and from which level on."""

import logging

import pytest

from sixes_geo.base.logs import DEFAULT_LEVEL, LEVELS, start_logging


@pytest.fixture(autouse=True)
def logging_restored():
    root, ours = logging.getLogger(), logging.getLogger("sixes_geo")
    handlers, levels = root.handlers[:], (root.level, ours.level)
    yield
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_less_than_the_level_is_left_out(level, capsys):
    start_logging(level)
    log = logging.getLogger("sixes_geo.somewhere")
    for name in LEVELS:
        log.log(logging.getLevelName(name.upper()), "this is %s", name)

    told = capsys.readouterr().err
    assert [name for name in LEVELS if f"this is {name}" in told] == list(
        LEVELS[LEVELS.index(level) :]
    )


def test_others_are_heard_from_warnings_on(capsys):
    start_logging("debug")
    logging.getLogger("other").info("quiet")
    logging.getLogger("other").warning("loud")

    told = capsys.readouterr().err
    assert "loud" in told
    assert "quiet" not in told
    assert DEFAULT_LEVEL == "warning"
