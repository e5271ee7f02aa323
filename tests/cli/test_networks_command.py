"""The command `networks`: every network of a city, or one line and status 2."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sixes_geo.analysis import kept
from sixes_geo.analysis.networks import networks_of
from sixes_geo.analysis.question import ask
from sixes_geo.cli.main import main
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.output.network_records import networks_record
from sixes_geo.wording.networks import count_sentence

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.usefixtures("in_toy")


@pytest.fixture(scope="module")
def measured_networks(toy_city):
    return networks_of(ask(toy_city, layers=["sensors"]), moved=kept.network)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_networks_add_up_to(measured_networks, toy_city, capsys, language):
    assert main(["networks", "toy", "--lang", language]) == 0

    written = capsys.readouterr()
    tr = Translator(language)
    assert written.err == ""
    assert written.out.splitlines()[0] == count_sentence(toy_city, measured_networks.count, tr)
    for row in measured_networks.rows:
        assert tr.text(row.layer.title) in written.out


def test_as_json_it_is_the_record_of_the_networks(measured_networks, capsys):
    assert main(["networks", "toy", "--json"]) == 0

    record = json.loads(capsys.readouterr().out)
    assert record == json.loads(json.dumps(networks_record(measured_networks)))


def test_unit_need_and_seed_can_be_chosen(capsys):
    arguments = ["--unit", "zone", "--need", "income:2024", "--seed", "5", "--json"]
    assert main(["networks", "toy", *arguments]) == 0

    record = json.loads(capsys.readouterr().out)
    assert (record["unit"], record["need"], record["need_year"]) == ("zone", "income", 2024)
    assert record["seed"] == 5


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["atlantis"], "toy"),
        (["toy", "--unit", "planet"], "district"),
        (["toy", "--need", "luck"], "income:2024"),
        (["toy", "--seed", "-1"], "-1"),
        (["toy", "--layer", "sensors"], "--layer"),
    ],
)
def test_a_wrong_choice_is_refused_in_one_line(capsys, arguments, named):
    assert main(["networks", *arguments]) == 2

    written = capsys.readouterr()
    assert written.out == ""
    assert len(written.err.splitlines()) == 1
    assert named in written.err


def test_a_wrong_city_is_refused_before_anything_heavy_is_loaded(toy_root):
    script = (
        "import sys; from sixes_geo.cli.main import main; status = main(['networks', 'atlantis']); "
        "print(status, [name for name in ('scipy.stats', 'altair', 'sixes_geo.cli.networks') "
        "if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONPATH": str(ROOT), "SIXES_GEODATA": str(toy_root)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )

    assert ran.stdout.strip() == "2 []"
