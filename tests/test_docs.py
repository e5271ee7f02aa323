"""What the papers say is so: names, commands, paths and figures are those of the code."""

import io
import json
import re
import shlex
import subprocess
from contextlib import redirect_stdout
from pathlib import Path

from house import PAGES, ROOT, none_of

from sixes_geo import __version__, measures
from sixes_geo.city.catalog import DATA_VARIABLE
from sixes_geo.cli import main as command_line
from sixes_geo.i18n import Translator

PAPERS = (
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/methods.md",
    "docs/install.md",
    "docs/snapshots.md",
    "docs/limits.md",
)
METHOD_PARTS = ("Asks", "Definition", "Source", "Units", "Limits", "Read", "Not for")


def text_of(paper):
    return (ROOT / paper).read_text(encoding="utf-8")


def flat(text):
    """Return a text as one line: where it wraps does not matter."""
    return " ".join(text.split())


def methods():
    """Return the sections of the methods by the names in their headings."""
    parts = re.split(r"^### (.+)$", text_of("docs/methods.md"), flags=re.MULTILINE)
    return {
        name: body.partition("\n## ")[0]
        for heading, body in zip(parts[1::2], parts[2::2], strict=True)
        for name in re.findall(r"`(\w+)`", heading)
    }


def named_paths(paper):
    """Return what a paper names in code quotes or links to, if it looks like a path of ours.

    Addresses of the server and folders of a user begin with a slash or a tilde.
    """
    text = re.sub(r"```.*?```", "", text_of(paper), flags=re.DOTALL)
    quoted = re.findall(r"`([^`\s<>*…]+)`", text)
    linked = re.findall(r"\]\((?!https?:)([^)\s]+)\)", text)
    suffixes = (".py", ".md", ".toml", ".json", ".js", ".txt")
    ours = (one for one in quoted if "/" in one or one.endswith(suffixes))
    return [*linked, *(one for one in ours if not one.startswith((".venv/", "/", "~")))]


def find(path):
    """Tell whether a path exists from the root, or under the library as papers shorten it."""
    known = ("", "sixes_geo", "sixes_geo/i18n", "geodata/santiago")
    return any((ROOT / base / path).exists() for base in known)


def targets():
    return set(re.findall(r"^([a-z-]+):.*## ", text_of("Makefile"), flags=re.MULTILINE))


def named_targets(text):
    """Return the commands of make that a text names in code."""
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, flags=re.DOTALL))
    return re.findall(r"(?:`|^)make ([a-z-]+)", code, flags=re.MULTILINE)


def commands(paper):
    """Return the commands that a paper shows with their output."""
    for block in re.findall(r"```console\n(.*?)```", text_of(paper), flags=re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            yield part.split("\n", 1)


def said(command):
    """Return the program of a command, its exit status and what it prints."""
    program, _, arguments = command.partition("-m sixes_geo ")
    output = io.StringIO()
    with redirect_stdout(output):
        status = command_line.main(shlex.split(arguments))
    return program, status, flat(output.getvalue())


def test_the_methods_describe_every_public_measure_and_nothing_else():
    assert sorted(methods()) == sorted(measures.__all__)


def test_every_measure_is_described_in_all_its_parts():
    described = {
        name: tuple(re.findall(r"^- \*\*([^*]+)\*\*", body, flags=re.MULTILINE))
        for name, body in methods().items()
    }

    none_of(
        f"docs/methods.md {name}: {', '.join(parts)}"
        for name, parts in described.items()
        if parts != METHOD_PARTS
    )


def test_every_page_is_in_the_readme_by_its_title():
    titles = {page: Translator("en")(f"menu.{Path(page.name).stem}") for page in PAGES}

    none_of(
        f"{page.name} {title}"
        for page, title in titles.items()
        if f"**{title}**" not in text_of("README.md")
    )


def test_every_make_command_named_exists():
    none_of(
        f"{paper} make {name}"
        for paper in PAPERS
        for name in named_targets(text_of(paper))
        if name not in targets()
    )


def test_a_make_command_that_does_not_exist_is_noticed():
    assert set(named_targets("`make lunch`\n```\nmake test-lunch\n```\nmake no\n")) == {
        "lunch",
        "test-lunch",
    }


def test_make_alone_lists_every_command():
    listed = subprocess.run(
        ["make"],  # noqa: S607  (found where people find it)
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    assert set(re.findall(r"^  make ([a-z-]+) ", listed, flags=re.MULTILINE)) == targets()


def test_every_path_named_exists():
    none_of(f"{paper} {path}" for paper in PAPERS for path in named_paths(paper) if not find(path))


def test_the_search_for_paths_finds_some():
    assert len(named_paths("CONTRIBUTING.md")) > 20


def test_the_readme_shows_what_the_command_line_says(monkeypatch):
    monkeypatch.delenv(DATA_VARIABLE, raising=False)
    told = list(commands("README.md"))

    assert len(told) >= 2
    none_of(
        f"$ {command}" for command, shown in told if said(command) != ("python ", 0, flat(shown))
    )


def test_the_readme_counts_the_files_without_a_licence():
    manifests = [json.loads(path.read_text()) for path in ROOT.glob("geodata/*/datapackage.json")]
    licences = [one["licence"] for manifest in manifests for one in manifest["sixes:raw"]]
    unstated = licences.count("not-stated")

    assert f"for {unstated} of the {len(licences)} raw files" in flat(text_of("README.md"))


def test_the_readme_credits_what_asks_to_be_credited():
    raw = [
        one
        for path in ROOT.glob("geodata/*/datapackage.json")
        for one in json.loads(path.read_text())["sixes:raw"]
    ]
    readme = text_of("README.md")

    assert any(one["licence"] == "ODbL-1.0" for one in raw)
    assert "© OpenStreetMap contributors" in readme
    for one in raw:
        words = re.search(r"«(.+?)»", one.get("licence_title", ""))
        assert words is None or words[1] in flat(readme).replace("> ", "")


def test_every_version_told_is_the_one_there_is():
    assert f"version {__version__}." in text_of("README.md")
    assert f"\n## {__version__}" in text_of("CHANGELOG.md")
