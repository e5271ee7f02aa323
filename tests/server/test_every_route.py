"""Every route of the app, the framework's included: headers on what it answers, and to whom."""

import json
import subprocess
import sys

import pytest
from house import ROOT

from sixes_geo.server.headers import OTHERS, policy

WALK = r"""
import json, re, sys
sys.path[:0] = ["tests/server"]
from asking import response_of
from pathlib import Path
from starlette.routing import Mount, Route, WebSocketRoute
from sixes_geo.server.run import app_of

app = app_of(Path("app.py"))._build_starlette_app()
answers = []
for route in app.routes:
    if isinstance(route, WebSocketRoute):
        continue
    path = re.sub(r"\{[^}]*\}", "x", route.path) or "/"
    paths = [path] if isinstance(route, Route) else [path, "/nothing", "/static/no.js", "//x/y"]
    for one in paths:
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"):
            for host, page in (("localhost", ""), ("evil.example", ""), ("localhost", "http://x.y")):
                more = {"origin": page} if page else {}
                answer = response_of(app, one, method, host=host, **more)
                answers.append([one, method, host, page, answer.status, answer.headers])
print(json.dumps(answers))
"""
"""Builds the app without starting it, and asks for every address; prints the answers."""


@pytest.fixture(scope="module")
def answers():
    """Ask for every route in a process of its own: a process has one app at most."""
    told = subprocess.run(
        [sys.executable, "-c", WALK],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(told.stdout.splitlines()[-1])


def test_every_answer_of_every_route_carries_all_headers(answers):
    wanted = {name.lower(): value for name, value in OTHERS.items()}
    wanted["content-security-policy"] = policy()
    bare = [
        (path, method, status, [name for name in wanted if headers.get(name) != wanted[name]])
        for path, method, _, _, status, headers in answers
    ]

    assert len({path for path, *_ in bare}) > 12
    assert {200, 400, 403, 404, 405, 421} <= {status for _, _, status, _ in bare}
    assert [one for one in bare if one[-1]] == []


def test_no_route_answers_for_another_host_or_to_its_pages(answers):
    foreign = [
        (path, method, host, page, status)
        for path, method, host, page, status, _ in answers
        if status != {"evil.example": 421}.get(host, 403 if page else status)
    ]

    assert len({method for _, method, *_ in answers}) == 6
    assert foreign == []
