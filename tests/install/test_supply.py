"""What is installed comes by checksum, with a licence that was read, in a list of components."""

import json
import re
import subprocess
from types import SimpleNamespace

import audit
import licences
import pytest
import sbom
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from house import ROOT, none_of, some

INSTALLERS = (
    *("Makefile", "Dockerfile", "docker/install.sh", "tools/start.py", "tools/stick.py"),
    *(".ci/run", ".ci/offline", "start.sh", "start.bat", "start.command"),
)
INSTALLS = re.compile(r"""\bpip["']?[, ]+(?:\S+ )*["']?(?:install|download)\b|^\s*install "\$""")
OURS = re.compile(r"--no-index .*sixes_geo-\*\.whl|\"\$@\"$")
"""The wheel just built from these files, and what only hands its arguments on."""


@pytest.fixture(scope="module")
def stated():
    """Read what the installed packages state."""
    return licences.licences(licences.locked())


@pytest.fixture(scope="module")
def components(stated):
    """Write the list of components; a package for other systems is not installed here."""
    return sbom.written(dict.fromkeys(licences.locked(), "MIT") | stated)


def statements(name):
    """Return the statements of a file that install something, each on one line."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    if name.endswith(".py"):
        calls = re.findall(r"(?:subprocess\.run|\bpip)\((.*?)\n    \)", text, flags=re.DOTALL)
        return [" ".join(call.split()) for call in calls if re.search(r'"pip"|"install"', call)]
    return [line for line in text.splitlines() if INSTALLS.search(line)]


def test_whatever_installs_packages_asks_for_their_checksums():
    lines = [(name, line) for name in INSTALLERS for line in statements(name)]

    assert {name for name, _ in some(lines)} >= {
        "Makefile",
        "docker/install.sh",
        "tools/start.py",
        "tools/stick.py",
    }
    none_of(
        f"{name}: {line}"
        for name, line in lines
        if "--require-hashes" not in line and not OURS.search(line)
    )


def test_the_table_of_licences_is_current(stated):
    shown = licences.PAGE.read_text(encoding="utf-8")
    rows = set(shown.splitlines())
    versions = licences.locked()

    assert len(stated) > 40
    assert set(licences.page(versions, stated).splitlines()) <= rows, "run make licences"
    assert re.findall(r"^\| ([a-z0-9.-]+) \| \d", shown, flags=re.MULTILINE) == sorted(versions)


def test_every_licence_was_read_by_a_person(stated):
    none_of(licences.faults(stated))


def test_a_licence_that_nobody_read_is_told_and_one_that_nobody_stated_is_not_guessed():
    told = {"a": "MIT", "b": "SSPL-1.0", "c": licences.NOT_STATED, "d": "MIT AND Odd"}
    told |= dict.fromkeys(licences.KNOWN_TO_STATE_NONE, licences.NOT_STATED)

    assert [line.split()[0] for line in licences.faults(told)] == ["b:", "c", "d:"]
    assert licences.accepted("Odd OR (MIT AND Zlib)")
    assert not licences.accepted("MIT; Odd")
    assert f"| c | 1 | {licences.NOT_STATED} |" in licences.page({"c": "1"}, {"c": told["c"]})


def test_a_package_that_is_not_installed_is_not_left_out_of_the_table(monkeypatch):
    monkeypatch.setattr(licences, "licences", lambda _: {"a": "MIT"})

    with pytest.raises(SystemExit, match="b: not installed"):
        licences.all_licences(["b", "a"])


def test_the_list_of_components_is_valid_and_holds_every_package(components, stated):
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(components) is None
    content = json.loads(components)
    named = {one["name"]: one for one in content["components"]}
    assert {name: one["version"] for name, one in named.items()} == licences.locked()
    assert named["shapely"]["licenses"] == [{"license": {"name": stated["shapely"]}}]
    [asked] = [one["dependsOn"] for one in content["dependencies"] if "dependsOn" in one]
    assert len(asked) == len(sbom.direct()) > 20


def test_the_list_of_components_has_the_checksum_of_every_file_that_may_be_installed(components):
    hashes = [
        entry["content"]
        for one in json.loads(components)["components"]
        for place in one["externalReferences"]
        for entry in place["hashes"]
    ]

    lock = licences.LOCK.read_text(encoding="utf-8")
    assert sorted(hashes) == sorted(re.findall(r"--hash=sha256:(\S+)", lock))


def test_the_list_of_components_is_the_same_each_time_and_names_no_host(components, stated):
    known = dict.fromkeys(licences.locked(), "MIT") | stated

    assert sbom.written(known) == components
    assert re.findall(r"https?://(?!cyclonedx\.org/schema/)\S+", components) == []
    assert str(ROOT) not in components


def asked(monkeypatch, stdout="", stderr=""):
    """Run the audit with an answer of pip-audit; nobody is asked."""

    def run(*_, **__):
        return SimpleNamespace(stdout=stdout, stderr=stderr)

    monkeypatch.setattr(subprocess, "run", run)
    return audit.main()


def test_a_known_fault_fails_the_audit_and_says_what_mends_it(monkeypatch, capsys):
    packages = [
        {"name": "fine", "version": "1", "vulns": []},
        {"name": "bad", "version": "2", "vulns": [{"id": "CVE-1", "fix_versions": ["3"]}]},
        {"name": "gone", "skip_reason": "unknown"},
    ]

    assert asked(monkeypatch, json.dumps({"dependencies": packages})) == 1
    told = capsys.readouterr()
    assert told.err.splitlines() == [
        "audit: bad 2: CVE-1, fixed in 3",
        "audit: gone: not checked: unknown",
    ]
    assert asked(monkeypatch, json.dumps({"dependencies": packages[:1]})) == 0
    assert capsys.readouterr().out == "audit: 1 packages, known faults: 0\n"


def test_a_database_that_cannot_be_reached_is_said_and_fails_nothing(monkeypatch, capsys):
    assert asked(monkeypatch, stderr="ERROR: Could not connect to the vulnerability feed") == 0
    assert capsys.readouterr().out == f"{audit.NOT_ASKED}\n"

    def slow(*arguments, **_):
        raise subprocess.TimeoutExpired(arguments[0], 1)

    monkeypatch.setattr(subprocess, "run", slow)
    assert audit.main() == 0
    assert capsys.readouterr().out == f"{audit.NOT_ASKED}\n"


def test_a_failure_of_another_kind_is_a_failure(monkeypatch, capsys):
    stderr = "Traceback\n  in connect, retries of a connection\nERROR: invalid requirements\n"

    assert asked(monkeypatch, stderr=stderr) == 1
    assert capsys.readouterr().err == "audit: pip-audit failed: ERROR: invalid requirements\n"
