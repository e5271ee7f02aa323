"""The command `warm`: what visitors see first is kept, or the folder is refused at once."""

import pytest

from sixes_geo.analysis import kept, nulls
from sixes_geo.analysis.warm import default_questions
from sixes_geo.cli.main import main
from sixes_geo.contributions.cities import open_city
from sixes_geo.store import results

pytestmark = pytest.mark.usefixtures("in_toy")


def test_the_default_views_of_a_city_are_kept(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(results.FOLDER_VARIABLE, str(tmp_path / "results"))

    assert main(["warm"]) == 0

    assert capsys.readouterr().out.startswith("toy: measured at ")
    files = set((tmp_path / "results").iterdir())
    monkeypatch.setattr(nulls, "network", None)
    monkeypatch.setattr(kept, "every_variant", None)
    questions = default_questions(open_city("toy"))
    assert len(questions) > 1
    for question in questions:
        assert len(kept.variants(question)) > 1
        kept.network(question)
        kept.networks_count(question)
    assert set((tmp_path / "results").iterdir()) == files


def test_a_folder_where_nothing_can_be_kept_is_refused_before_measuring(
    tmp_path, monkeypatch, capsys
):
    (tmp_path / "file").touch()
    monkeypatch.setenv(results.FOLDER_VARIABLE, str(tmp_path / "file" / "results"))

    monkeypatch.setattr(kept, "every_variant", None)  # nothing may be measured

    assert main(["warm", "toy"]) == 2
    assert "cannot be saved" in capsys.readouterr().err
    assert (tmp_path / "file").read_bytes() == b""


def test_a_city_that_does_not_exist_is_refused(capsys):
    assert main(["warm", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_the_command_of_a_worker_is_in_no_help(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])

    listed = capsys.readouterr().out
    assert "warm" in listed
    assert "worker" not in listed
