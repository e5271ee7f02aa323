"""The command line: a figure on standard output, or one line on standard error and status 2."""

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import toy
from house import some
from made import sheet

from sixes_geo import __version__
from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.provision import gather
from sixes_geo.analysis.question import ask
from sixes_geo.analysis.stress import answer
from sixes_geo.city.catalog import DATA_VARIABLE
from sixes_geo.city.tag import RESTRICTIONS
from sixes_geo.cli.arguments import COMMANDS
from sixes_geo.cli.main import main
from sixes_geo.contributions.cities import open_city
from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.output.records import full_record
from sixes_geo.store import contributions
from sixes_geo.wording import accounting_words, headline_lines

ROOT = Path(__file__).parents[2]
TWO = ("sensors", "parks")
"""Two layers that are not of one role."""


@pytest.fixture
def done(capsys):
    """Run a command that must succeed and return what it wrote."""

    def run(*arguments):
        status = main(arguments)
        written = capsys.readouterr()
        assert (status, written.err) == (0, "")
        return written.out

    return run


@pytest.fixture
def refused(capsys):
    """Run a command that must be refused and return its one line."""

    def run(*arguments):
        status = main(arguments)
        written = capsys.readouterr()
        assert (status, written.out) == (2, "")
        assert_one_line(written.err)
        return written.err

    return run


def assert_one_line(text):
    assert text.endswith("\n")
    assert len(text.splitlines()) == 1
    assert "Traceback" not in text
    assert not set("{}") & set(text)


def started(*arguments, **changed):
    """Run the command line as a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | changed
    return subprocess.run(
        [sys.executable, "-m", "sixes_geo", *arguments],
        env=environment,
        cwd=changed.get(DATA_VARIABLE, str(ROOT)),
        capture_output=True,
        check=False,
        timeout=120,
    )


@pytest.mark.usefixtures("in_toy")
def test_cities_are_listed_with_what_they_offer(done):
    text = done("cities")

    for word in ("toy", "district", "zone", "income", "2024, 2020", *toy.LAYERS):
        assert word in text


@pytest.mark.usefixtures("in_toy")
def test_cities_are_listed_as_json(done):
    (record,) = json.loads(done("cities", "--json"))

    assert record["city"] == "toy"
    assert [one["count"] for one in record["units"]] == [4, 16]


@pytest.mark.usefixtures("in_toy")
def test_a_measure_is_printed_as_json(done, toy_city):
    record = json.loads(done("measure", "toy", "--layer", "sensors", "--json"))

    choice = ask(toy_city, layers=["sensors"])
    provision = gather(choice)
    wanted = full_record(assess(choice, provision), provision)
    assert record == wanted
    assert record["concentration_index"] == pytest.approx(0.5375)


@pytest.mark.usefixtures("in_toy")
def test_every_choice_reaches_the_measure(done):
    options = ["--unit", "zone", "--need", "income:2024", "--weight", "capacity", "--seed", "7"]

    record = json.loads(done("measure", "toy", "--layer", "docks", *options, "--json"))

    assert (record["unit"], record["weight"], record["seed"]) == ("zone", "capacity", 7)
    assert record["layer"] == "docks"
    assert len(record["units"]) == 16


@pytest.mark.usefixtures("in_toy")
def test_several_layers_have_a_record_each_as_if_each_were_asked_for_alone(done):
    alone = [json.loads(done("measure", "toy", "--layer", one, "--json")) for one in TWO]

    record = json.loads(done("measure", "toy", "--layer", TWO[0], "--layer", TWO[1], "--json"))

    assert record == {"networks": alone}


@pytest.mark.usefixtures("in_toy")
def test_several_layers_are_told_one_after_the_other_under_their_names(done, toy_city):
    alone = [done("measure", "toy", "--layer", one) for one in TWO]

    text = done("measure", "toy", "--layer", TWO[0], "--layer", TWO[1])

    titles = [toy_city.layer_named(one).title["en"] for one in TWO]
    first, second = (f"{title}{told}" for title, told in zip(titles, ["", " ("], strict=True))
    assert text.startswith(f"{first}\n{alone[0]}\n{second}")
    assert text.endswith(alone[1])


@pytest.mark.usefixtures("in_toy")
def test_layers_are_counted_in_one_figure_only_on_request(done):
    layers = ("--layer", "sensors", "--layer", "docks")

    record = json.loads(done("measure", "toy", *layers, "--together", "--json"))

    assert (record["layer"], record["n_read"]) == ("sensors+docks", 14)


@pytest.mark.usefixtures("in_toy")
def test_layers_of_two_roles_are_not_counted_in_one_figure_even_on_request(refused):
    line = refused("measure", "toy", "--layer", TWO[0], "--layer", TWO[1], "--together")

    assert "counted together" in line
    assert "initiative, contrast" in line


@pytest.mark.usefixtures("in_toy")
def test_if_one_of_several_layers_cannot_be_measured_nothing_is_printed(refused):
    layers = ("--layer", "sensors", "--layer", "programme")

    assert "programme" in refused("measure", "toy", *layers)
    weighed = ("--layer", "docks", "--layer", "sensors", "--weight", "capacity")
    assert "sensors: these layers cannot" in refused("measure", "toy", *weighed)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("in_toy")
def test_a_measure_is_told_in_the_language_asked_for(done, toy_city, language):
    tr = Translator(language)
    found = answer(ask(toy_city, layers=["sensors"]))

    text = done("measure", "toy", "--layer", "sensors", "--lang", language)

    assert all(line in text.splitlines() for line in headline_lines(found, tr))
    assert accounting_words(found, tr) in text


@pytest.mark.usefixtures("in_toy")
def test_another_chance_is_told_beside_the_answer(done):
    command = ("measure", "toy", "--layer", "sensors")

    plain, moved = done(*command), done(*command, "--null", "network")

    (added,) = set(moved.splitlines()) - set(plain.splitlines())
    assert added.startswith("The network is moved as one piece: index")


@pytest.mark.usefixtures("in_toy")
def test_a_chance_that_the_data_do_not_allow_is_refused_in_one_line(capsys):
    status = main(["measure", "toy", "--layer", "sensors", "--null", "workplaces"])
    written = capsys.readouterr()

    assert (status, written.out) == (2, "")
    assert "cannot be held against workplaces; available: residents, network" in written.err
    assert written.err.count("\n") == 1


@pytest.mark.usefixtures("in_toy")
def test_the_same_command_gives_the_same_bytes(done):
    command = ("measure", "toy", "--layer", "sensors", "--unit", "zone", "--seed", "5", "--json")

    assert done(*command) == done(*command)


@pytest.mark.parametrize("layer", [one for one in toy.LAYERS if one not in ("centre", "programme")])
@pytest.mark.parametrize("unit", ["district", "zone"])
@pytest.mark.parametrize("need", ["income", "poverty"])
@pytest.mark.usefixtures("in_toy")
def test_every_layer_is_measured_or_refused_in_one_line(capsys, layer, unit, need):
    status = main(["measure", "toy", "--layer", layer, "--unit", unit, "--need", need, "--json"])
    written = capsys.readouterr()

    if status == 0:
        json.loads(written.out)
    else:
        assert (status, written.out) == (2, "")
        assert_one_line(written.err)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("measure", "lima", "--layer", "sensors"), ["lima", "toy"]),
        (("measure", "../toy", "--layer", "sensors"), ["../toy"]),
        (("measure", "toy", "--layer", "ufos"), ["ufos", "sensors"]),
        (("measure", "toy", "--layer", ""), ["sensors"]),
        (("measure", "toy", "--layer", "sensors", "--need", "luck"), ["luck", "income:2024"]),
        (("measure", "toy", "--layer", "sensors", "--need", "income:1"), ["income:1"]),
        (("measure", "toy", "--layer", "sensors", "--unit", "planet"), ["planet", "district"]),
        (("measure", "toy", "--layer", "sensors", "--weight", "gold"), ["gold", "sites"]),
        (("measure", "toy", "--layer", "sensors", "--weight", "capacity"), ["capacity", "sites"]),
        (("measure", "toy", "--layer", "sensors", "--seed", "x"), ["seed", "x"]),
        (("measure", "toy", "--layer", "sensors", "--seed", "1.5"), ["seed", "1.5"]),
        (("measure", "toy", "--layer", "sensors", "--seed", ""), ["seed"]),
        (("measure", "toy", "--layer", "sensors", "--seed", "-1"), ["seed", "-1"]),
        (("measure", "toy", "--layer", "sensors", "--lang", "fr"), ["fr"]),
        (("measure", "toy", "--layer", "first\nsecond"), ["first second"]),
        (("measure", "toy", "--layer", "programme"), ["programme"]),
        (("measure", "toy", "--layer", "centre", "--json"), ["centre"]),
    ],
)
@pytest.mark.usefixtures("in_toy")
def test_what_does_not_exist_is_refused_by_name(refused, arguments, named):
    line = refused(*arguments)

    for word in some(named):
        assert word in line


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("measure",),
        ("measure", "--layer", "sensors"),
        ("measure", "toy", "--layer"),
        ("measure", "toy", "--layer", "sensors", "--colour", "red"),
        ("measure", "toy", "extra", "--layer", "sensors"),
        ("paint",),
        ("cities", "toy"),
        ("build",),
        ("build", "toy"),
    ],
)
@pytest.mark.usefixtures("in_toy")
def test_wrong_use_is_refused(refused, arguments):
    assert "--help" in refused(*arguments)


@pytest.mark.usefixtures("in_toy")
def test_every_fault_of_a_choice_is_told_at_once(refused):
    line = refused(
        "measure", "toy", "--layer", "ufos", "--layer", "yetis", "--need", "luck", "--seed", "-5"
    )

    for word in ("ufos", "yetis", "luck", "-5"):
        assert word in line


@pytest.mark.usefixtures("in_toy")
def test_a_huge_seed_is_a_seed_and_an_endless_one_is_refused(done, refused):
    assert done("measure", "toy", "--layer", "sensors", "--seed", "9" * 40)
    assert refused("measure", "toy", "--layer", "sensors", "--seed", "9" * 5000)


def test_no_city_at_all_is_refused(tmp_path, monkeypatch, refused):
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))

    assert str(tmp_path) in refused("cities")
    assert str(tmp_path) in refused("measure", "toy", "--layer", "sensors")


def test_a_file_in_place_of_the_folder_of_cities_is_refused(tmp_path, monkeypatch, refused):
    path = tmp_path / "file"
    path.write_text("", encoding="utf-8")
    monkeypatch.setenv(DATA_VARIABLE, str(path))

    assert str(path) in refused("cities")


@pytest.mark.parametrize("command", [("cities",), ("measure", "toy", "--layer", "sensors")])
def test_a_broken_manifest_is_refused(in_own, refused, command):
    (in_own / "datapackage.json").write_text('{"name": ', encoding="utf-8")

    assert "toy/datapackage.json" in refused(*command)


@pytest.mark.parametrize("command", [("cities",), ("measure", "toy", "--layer", "sensors")])
def test_a_manifest_of_another_shape_is_refused(in_own, refused, command):
    toy.change_manifest(in_own, lambda manifest: manifest.pop("sixes:units"))

    assert "sixes:units" in refused(*command)


def test_a_projection_that_does_not_exist_is_refused(in_own, refused):
    def misplace(manifest):
        manifest["sixes:city"]["crs"] = "EPSG:999999"

    toy.change_manifest(in_own, misplace)

    assert "EPSG:999999" in refused("measure", "toy", "--layer", "rough")


@pytest.mark.parametrize("name", ["sites.geojson", "indicators.csv", "districts.geojson"])
def test_a_changed_file_is_refused(in_own, refused, name):
    path = in_own / name
    path.write_bytes(path.read_bytes() + b"\n")

    line = refused("measure", "toy", "--layer", "sensors", "--json")

    assert f"toy/{name}" in line
    assert "sha256" in line


@pytest.mark.parametrize("name", ["sites.geojson", "indicators.csv", "initiatives.csv"])
def test_a_missing_file_is_refused(in_own, refused, name):
    (in_own / name).unlink()

    assert f"toy/{name}" in refused("measure", "toy", "--layer", "sensors", "--json")


def test_a_folder_in_place_of_a_file_is_refused(in_own, refused):
    (in_own / "sites.geojson").unlink()
    (in_own / "sites.geojson").mkdir()

    assert "toy/sites.geojson" in refused("measure", "toy", "--layer", "sensors")


def test_building_from_no_folder_is_refused_and_writes_nothing(tmp_path, refused):
    out = tmp_path / "out"

    line = refused("build", "rio", "--raw", str(tmp_path / "raw"), "--out", str(out))

    assert str(tmp_path / "raw") in line
    assert not out.exists()


def test_building_an_unknown_city_is_refused_and_writes_nothing(tmp_path, refused):
    out = tmp_path / "out"

    assert "lima" in refused("build", "lima", "--raw", str(tmp_path), "--out", str(out))
    assert not out.exists()


@pytest.mark.parametrize("command", [(), ("cities",), ("measure",), ("build",)])
def test_help_is_given(capsys, command):
    with pytest.raises(SystemExit) as caught:
        main([*command, "--help"])

    assert caught.value.code == 0
    written = capsys.readouterr()
    assert written.err == ""
    assert " ".join(command) in written.out


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["--version"])

    assert caught.value.code == 0
    assert capsys.readouterr().out.strip() == __version__


def test_a_process_measures_and_ends_with_status_0(toy_root):
    found = started(
        "measure", "toy", "--layer", "sensors", "--json", **{DATA_VARIABLE: str(toy_root)}
    )

    assert (found.returncode, found.stderr) == (0, b"")
    record = json.loads(found.stdout.decode("utf-8"))
    assert record["units"][1]["name"] == toy.DISTRICTS["02"]


def test_a_process_refuses_in_one_line_and_ends_with_status_2(toy_root):
    found = started("measure", "lima", "--layer", "x", **{DATA_VARIABLE: str(toy_root)})

    assert (found.returncode, found.stdout) == (2, b"")
    assert_one_line(found.stderr.decode("utf-8"))


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_console_that_knows_few_letters_is_no_reason_to_crash(toy_root, encoding):
    arguments = ["measure", "toy", "--layer", "sensors", "--need", "income:2020"]
    options = {DATA_VARIABLE: str(toy_root), "PYTHONIOENCODING": encoding}

    for more in ([], ["--json"]):
        found = started(*arguments, *more, **options)

        assert b"Traceback" not in found.stderr
        assert found.returncode == 0


def test_a_reader_that_stops_listening_is_no_reason_to_complain(toy_root):
    reading, writing = os.pipe()
    os.close(reading)
    environment = os.environ | {"PYTHONPATH": str(ROOT), DATA_VARIABLE: str(toy_root)}
    try:
        found = subprocess.run(
            [sys.executable, "-m", "sixes_geo", "cities", "--json"],
            env=environment,
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
            timeout=120,
        )
    finally:
        os.close(writing)

    assert (found.returncode, found.stderr) == (0, b"")


def test_the_copy_that_tests_break_is_the_toy(own_root, toy_root):
    assert open_city("toy", own_root).resources == open_city("toy", toy_root).resources


@pytest.mark.usefixtures("in_toy")
def test_a_wrong_seed_does_not_hide_what_else_is_wrong(capsys):
    wrong = ["--layer", "nothing", "--need", "luck", "--weight", "gold", "--seed", "x"]

    assert main(["measure", "toy", *wrong]) == 2

    (line,) = capsys.readouterr().err.splitlines()
    assert all(f"“{got}”" in line for got in ("nothing", "luck", "gold", "x"))


@pytest.mark.usefixtures("in_toy")
def test_initiatives_are_listed_with_their_tags(capsys):
    assert main(["framework", "toy", "--json"]) == 0

    found = {one["id"]: one for one in json.loads(capsys.readouterr().out)["initiatives"]}
    assert len(found) == len(toy.INITIATIVES)
    sensors = found["sensors"]
    assert {"id", "name", "city", "footprint", "approach", "es", "ps"} <= set(sensors)
    assert list(sensors["es"]) == ["efficiency", "economy", "ecology", "equity", "education",
                                   "engagement"]  # fmt: skip
    assert {"level", "coder", "evidence", "source"} <= set(sensors["es"]["equity"])
    assert {"roles", "coder", "evidence", "source"} <= set(sensors["ps"]["public"])
    assert sensors["es"]["engagement"]["level"] == "unknown"
    assert sensors["ps"]["people"]["roles"] == ["unknown"]


@pytest.mark.usefixtures("in_toy")
def test_the_city_of_a_framework_may_still_be_given_as_an_option(done, refused):
    by_place = done("framework", "toy")

    assert done("framework", "--city", "toy") == by_place
    assert done("framework", "toy", "--city", "toy") == by_place
    assert "more than one city is named (rio toy)" in refused("framework", "toy", "--city", "rio")


def test_the_help_of_a_framework_tells_one_way_to_name_a_city(capsys):
    with pytest.raises(SystemExit):
        main(["framework", "--help"])

    told = capsys.readouterr().out
    assert "[CITY]" in told
    assert "--city" not in told


@pytest.mark.usefixtures("in_toy")
def test_initiatives_are_listed_in_words(capsys):
    assert main(["framework", "--lang", "pt"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(toy.INITIATIVES)
    assert any("equidade" in line and "público" in line for line in lines)


@pytest.mark.usefixtures("in_toy")
def test_what_is_measured_can_be_restricted_to_es_and_partners(capsys):
    assert main(["measure", "toy", "--layer", "whole", "--e", "equity", "--json"]) == 0
    equity = json.loads(capsys.readouterr().out)
    assert main(["measure", "toy", "--layer", "whole", "--p", "private", "--json"]) == 0
    private = json.loads(capsys.readouterr().out)

    assert (equity["e"], equity["n_used"]) == (["equity"], 12)
    assert (private["p"], private["n_used"]) == (["private"], 4)
    assert main(["measure", "toy", "--layer", "whole", "--e", "engagement"]) == 2
    assert "unknown is not absent" in capsys.readouterr().err
    assert main(["measure", "toy", "--layer", "whole", "--p", "king"]) == 2
    assert "public, private, people" in capsys.readouterr().err


def test_what_is_measured_can_be_restricted_to_what_a_source_says_of_it(capsys):
    asked = ["measure", "medellin", "--layer", "all-initiatives", "--p", "public", "--json"]
    used = {}
    for basis in RESTRICTIONS:
        assert main([*asked, "--basis", basis]) == 0
        found = json.loads(capsys.readouterr().out)
        used[found["basis"]] = found["n_used"]

    assert used["any"] > used["collective"] == used["explicit"] == 1  # Ruta N
    assert main([*asked[:-1], "--basis", "hearsay"]) == 2
    assert "any, collective, explicit" in capsys.readouterr().err
    assert main([*asked[:4], "--e", "equity", "--basis", "explicit"]) == 2
    assert "on the basis that was asked for" in capsys.readouterr().err


def test_tags_are_listed_with_their_basis_and_page_and_what_is_said_of_groups(capsys):
    assert main(["framework", "rio", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)

    said = {one["id"]: one for one in found["initiatives"]}
    centre = said["operations-centre"]["es"]["efficiency"]
    assert (centre["rests_on"], centre["basis"], centre["page"]) == ("collective",) * 2 + ("5",)
    assert {(tag["coder"], tag["basis"]) for tag in centre["tags"]} == {
        ("Irazábal & Jirón (2020)", "collective"),
        ("SixEs Geo, inferred", "explicit"),
    }
    groups = {one["id"]: one for one in found["entries"]}
    assert groups["rio-initiatives"]["page"] == "14; 16"
    assert {tag["level"] for tag in groups["rio-initiatives"]["tags"]} == {"strengthen"}
    assert "advice-medellin" not in groups
    assert main(["framework", "rio"]) == 0
    lines = capsys.readouterr().out
    assert "efficiency, economy (said of its group)" in lines
    assert "education (by our reading)" in lines


@pytest.mark.usefixtures("in_toy")
def test_an_indicator_of_people_is_checked_and_kept(capsys, tmp_path):
    heads = "id,value,name,question,e,use,higher_means,unit_of_measure,source,authors,date,year,per"
    told = "Heard,Who?,education,need,better_off,%,Street,Junta,2026-05-01,2026,district"
    path = tmp_path / "mine.csv"
    path.write_text(f"{heads}\n01,1,{told}\n02,2\n03,3\n04,4\n", encoding="utf-8")

    assert main(["check", str(path), "--city", "toy"]) == 0
    assert "4 values" in capsys.readouterr().out
    assert contributions.counts().changes == 0
    assert main(["check", str(path), "--city", "toy", "--keep"]) == 0
    told_kept = capsys.readouterr().out
    assert "own-heard" in told_kept
    assert "which is shown only this once: " in told_kept
    assert main(["measure", "toy", "--layer", "sensors", "--need", "own-heard"]) == 0
    assert "Heard" in capsys.readouterr().out
    path.write_text(f"{heads}\n01,x,{told}\n", encoding="utf-8")
    assert main(["check", str(path), "--city", "toy"]) == 2
    assert "mine.csv: line 2: “x” is not a number" in capsys.readouterr().err
    assert main(["check", str(tmp_path / "none.csv"), "--city", "toy"]) == 2


@pytest.mark.usefixtures("in_toy")
def test_a_file_finds_its_city_by_its_places(capsys, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_bytes(sheet())

    assert main(["check", str(path)]) == 0
    assert "City detected from place names: Toy" in capsys.readouterr().out
    assert main(["check", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["city"] == "toy"
    path.write_bytes(sheet({"Atlantis": 1}))
    assert main(["check", str(path)]) == 2
    said = capsys.readouterr().err
    assert "available: toy" in said
    assert said.count("\n") == 1


@pytest.mark.usefixtures("in_toy")
@pytest.mark.parametrize(
    "content",
    [
        b'""',
        b",,,",
        b"id,value\r01,1\r",
        b"id,value\n" + b"x" * 140_000,
        sheet(year="2024,5"),
        b"\xff",
    ],
)
def test_no_file_gives_a_traceback(capsys, tmp_path, content):
    path = tmp_path / "mine.csv"
    path.write_bytes(content)

    for city in ([], ["--city", "toy"]):
        assert main(["check", str(path), *city]) == 2
        assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.usefixtures("in_toy")
def test_a_broken_file_of_tags_keeps_nothing_from_being_listed_or_measured(capsys, registry_folder):
    (registry_folder / "toy" / "tags").mkdir(parents=True)
    (registry_folder / "toy" / "tags" / "x.csv").write_text("a,b\n1,2\n")

    assert main(["framework", "toy"]) == 0
    assert main(["measure", "toy", "--layer", "whole", "--e", "equity"]) == 0
    assert capsys.readouterr().err == ""


HEAVY = ("streamlit", "pandas", "geopandas", "numpy", "jsonschema", "uvicorn")


def loaded(arguments, watched, registry):
    """Run a command by itself; return its exit status, its output, and what it imported."""
    program = (
        "import sys\n"
        "from sixes_geo.cli.main import main\n"
        "try:\n"
        "    status = main(sys.argv[1:])\n"
        "except SystemExit as ended:\n"
        "    status = ended.code or 0\n"
        f"print([name for name in {watched!r} if name in sys.modules], file=sys.stderr)\n"
        "sys.exit(status)\n"
    )
    environment = os.environ | {"SIXES_REGISTRY": str(registry)}
    environment.pop(DATA_VARIABLE, None)
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr.decode().splitlines()[-1]


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["cities"], ["cities", "--json"]]
    + [[name, "--help"] for name in COMMANDS],
    ids=" ".join,
)
def test_what_is_quick_imports_nothing_heavy(arguments, tmp_path):
    status, printed, imported = loaded(arguments, HEAVY, tmp_path)

    assert (status, imported) == (0, "[]")
    assert printed


@pytest.mark.parametrize(
    "arguments",
    [
        "measure nowhere",
        "measure rio --layer nothing",
        "snapshot rio --need nothing --out x.pdf",
        "snapshot rio --out x.doc",
        "snapshot rio --out /no/such/folder/x.pdf",
        "snapshot rio --logo /no/such/logo.png --out x.pdf",
        "app --port 99999",
        "app --host 192.0.2.1",
    ],
)
def test_wrong_use_is_refused_before_anything_slow_is_loaded(arguments, tmp_path):
    slow = ("streamlit", "scipy", "sixes_geo.measures", "sixes_geo.charts")

    assert loaded(arguments.split(), slow, tmp_path) == (2, b"", "[]")


@pytest.mark.parametrize(
    "arguments",
    [
        "check /no/such/file.csv",
        "check docs",
        "reopen /no/such/file.zip",
        "reopen docs",
        "reopen README.md",
    ],
)
def test_a_file_that_is_none_is_refused_before_anything_heavy_is_loaded(arguments, tmp_path):
    assert loaded(arguments.split(), HEAVY, tmp_path) == (2, b"", "[]")


NOWHERE = "no/such"


@pytest.mark.parametrize(
    ("arguments", "path", "why"),
    [
        (("check", NOWHERE), NOWHERE, "there is no such file or folder"),
        (("check", "."), ".", "it is a folder, not a file"),
        (("reopen", NOWHERE), NOWHERE, "there is no such file or folder"),
        (("reopen", "x" * 300), "x" * 300, "the name is too long"),
        (("snapshot", "toy", "--out", "s.pdf", "--logo", "."), ".", "it is a folder, not a file"),
        (("snapshot", "toy", "--out", "x" * 300 + ".pdf"), "x" * 300, "the name is too long"),
        (("build", "--raw", NOWHERE), NOWHERE, "not a folder"),
    ],
)
@pytest.mark.usefixtures("in_toy")
def test_a_path_that_cannot_be_used_is_named_with_the_reason(refused, arguments, path, why):
    line = refused(*arguments)

    assert line.startswith("Command: ")
    assert path in line
    assert why in line
    assert "Errno" not in line


@pytest.mark.usefixtures("in_toy")
def test_a_folder_that_takes_no_file_is_refused_before_the_work(refused, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)

    line = refused("snapshot", "toy", "--out", str(tmp_path / "s.pdf"))

    assert "s.pdf cannot be saved (permission denied)" in line


def sent_to(output, root, *arguments):
    """Run a command whose standard output is an open file, or closed."""
    return subprocess.run(
        [sys.executable, "-m", "sixes_geo", *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT), DATA_VARIABLE: str(root)},
        stdout=output,
        stderr=subprocess.PIPE,
        preexec_fn=None if output else lambda: os.close(1),
        check=False,
        timeout=120,
    )


def test_a_disk_that_is_full_is_told_in_one_line(toy_root):
    with Path("/dev/full").open("wb") as output:
        found = sent_to(output, toy_root, "cities")

    assert found.returncode == 2
    assert_one_line(found.stderr.decode())
    assert "the output cannot be written (no space left)" in found.stderr.decode()


def test_a_closed_output_is_no_reason_to_crash(toy_root):
    for command in (["cities"], ["cities", "--json"], ["measure", "toy", "--layer", "sensors"]):
        found = sent_to(None, toy_root, *command)

        assert (found.returncode, found.stderr) == (0, b"")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_module_of_its_name_that_runs_it(name):
    assert callable(import_module(f"sixes_geo.cli.{name}").run)


def test_networks_of_different_roles_are_to_be_asked_for_each_by_itself(capsys):
    layers = ("--layer", "rain-gauges", "--layer", "family-clinics", "--together")

    assert main(["measure", "rio", *layers]) == 2
    assert "Ask for each by itself" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["measure", "snapshot", "reopen", "check", "framework", "x"])
def test_arguments_too_long_or_too_many_are_told_by_their_number(refused, command):
    long, many = ["x" * 100_000], ["--layer"] * 5_000

    for extra, told in ((long, "100,000 characters"), (many, "5,001 arguments")):
        line = refused(command, *extra)
        assert told in line
        assert len(line) < 300
