"""What the container is told; the image itself needs a daemon, and its steps are run elsewhere."""

import ast
import json
import re
import shlex
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError

import containerfile
import pytest

from sixes_geo.server.origins import origin_of

ROOT = Path(__file__).parents[2]


def last_stage():
    """Return the instructions of the image that is kept."""
    told = containerfile.instructions()
    begin = max(number for number, (name, _) in enumerate(told) if name == "FROM")
    return told[begin:]


def of_last_stage(name):
    return [rest for instruction, rest in last_stage() if instruction == name]


def test_the_image_begins_from_one_version_of_python():
    [tag] = containerfile.arguments("ARG")

    assert re.fullmatch(r"PYTHON=3\.1[1-3]\.\d+-slim-\w+", tag)
    assert {rest.split()[0] for rest in containerfile.arguments("FROM")} == {"python:${PYTHON}"}


def test_the_server_is_not_root():
    names = [name for name, _ in last_stage()]
    [user] = of_last_stage("USER")

    assert user not in {"root", "0"}
    assert any(f" {user}" in rest for rest in of_last_stage("RUN"))
    assert names.index("USER") < names.index("CMD")
    assert "RUN" not in names[names.index("USER") :]


def test_the_image_serves_the_dashboard_to_other_machines():
    [command] = of_last_stage("CMD")
    [port] = of_last_stage("EXPOSE")

    everywhere = "0.0.0.0"  # noqa: S104  (a container is reached from outside or not at all)
    assert json.loads(command) == ["sixes-geo", "app", "--host", everywhere, "--port", port]


def test_what_people_add_is_kept_on_a_volume():
    [volume] = of_last_stage("VOLUME")
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")

    assert f"XDG_DATA_HOME={volume}" in " ".join(of_last_stage("ENV"))
    assert f":{volume}\n" in compose


def test_compose_reaches_the_port_that_the_image_serves():
    [port] = of_last_stage("EXPOSE")

    assert f':{port}"' in (ROOT / "compose.yaml").read_text(encoding="utf-8")


def test_compose_starts_it_as_the_image_does_and_names_its_public_address():
    [command] = of_last_stage("CMD")
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    [lines] = re.findall(r"command: >-\n((?: {6}.+\n)+)", compose)

    *words, option, url = shlex.split(lines)
    assert words == json.loads(command)
    assert option == "--public-url"
    name, default = re.fullmatch(r"\$\{(\w+):-(.+)\}", url).groups()
    assert name == "SIXES_PUBLIC_URL"
    assert origin_of(default) == default  # a bad one would stop the container at once


def test_everything_copied_is_let_through_and_nothing_else():
    assert sorted(containerfile.sources()) == sorted(containerfile.not_ignored())
    assert [one for one in containerfile.sources() if not (ROOT / one).exists()] == []


def probe():
    """Return the script of the health check, and the command around it."""
    [check] = of_last_stage("HEALTHCHECK")
    command = json.loads(check[check.index("[") :])
    assert command[:2] == ["python", "-c"]
    return command[2]


class Answering(BaseHTTPRequestHandler):
    """Answers the health check, and nothing else."""

    ready = True

    def do_GET(self):
        """Tell whether a page can be served."""
        self.send_response(200 if self.ready and self.path == "/healthz" else 503)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def served():
    """Serve health on a free port; returns the port."""
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_the_health_check_asks_this_machine_for_health_at_the_port_served():
    [port] = of_last_stage("EXPOSE")

    texts = [node.value for node in ast.walk(ast.parse(probe())) if isinstance(node, ast.Constant)]
    assert f"http://127.0.0.1:{port}/healthz" in texts


def test_the_health_check_passes_when_a_page_can_be_served_and_fails_when_not(served, monkeypatch):
    [port] = of_last_stage("EXPOSE")
    script = probe().replace(f":{port}/", f":{served}/")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    exec(script, {})  # noqa: S102  (our own health check)
    monkeypatch.setattr(Answering, "ready", False)
    with pytest.raises(HTTPError, match="503"):
        exec(script, {})  # noqa: S102  (our own health check)
