"""Uploads: each bounded, all of a visit bounded, whatever a browser would have held back."""

import pytest
from asking import run_async
from starlette.responses import Response

from sixes_geo.base import limits
from sixes_geo.server.uploads import BoundedUploads

TOO_LARGE = 413
MOST = limits.UPLOAD_MEGABYTES * 1024 * 1024


class Framework:
    """An app that takes every upload, as the framework does."""

    def __init__(self):
        self.taken, self.status = [], 204

    async def __call__(self, scope, receive, send):
        """Take it."""
        self.taken.append((scope["method"], scope["path"]))
        await Response(status_code=self.status)(scope, receive, send)


@pytest.fixture
def framework():
    return Framework()


@pytest.fixture
def ask(framework):
    """Ask the bounded app for something, and return the status of its answer."""
    app = BoundedUploads(framework)

    def request(method, path, size=None):
        sent = []

        async def send(message):
            sent.append(message)

        headers = [] if size is None else [(b"content-length", str(size).encode())]
        scope = {"type": "http", "method": method, "path": path, "headers": headers}
        run_async(app, scope, None, send)
        return sent[0]["status"]

    return request


def put(ask, size, file="a", visit="one"):
    return ask("PUT", f"/base/_stcore/upload_file/{visit}/{file}", size)


@pytest.mark.parametrize("size", [None, MOST + 2 * 1024 * 1024, 10**30, "x", "-5", "1_0", "²"])
def test_an_upload_too_large_or_of_unknown_length_never_reaches_the_framework(ask, framework, size):
    assert put(ask, size if size != "²" else "\u00b2") == TOO_LARGE
    assert framework.taken == []


def test_six_uploads_of_one_visit_are_not_all_kept(ask):
    answers = [put(ask, MOST, file=str(nth)) for nth in range(6)]

    assert answers.count(204) == limits.SESSION_UPLOAD_BYTES // MOST
    assert put(ask, 1_000, visit="another") == 204


def test_what_is_deleted_or_was_refused_makes_room(ask, framework):
    framework.status = 400
    assert [put(ask, MOST, file=str(nth)) for nth in range(5)] == [400] * 5
    framework.status = 204
    for nth in range(5):
        assert put(ask, MOST, file=str(nth)) == 204
        assert ask("DELETE", f"/_stcore/upload_file/one/{nth}") == 204


def test_a_file_sent_again_counts_once(ask):
    assert [put(ask, MOST) for _ in range(5)] == [204] * 5


def test_any_other_request_is_left_alone(ask, framework):
    for method, path in (("GET", "/_stcore/health"), ("PUT", "/x"), ("OPTIONS", "/")):
        assert ask(method, path) == 204
    assert len(framework.taken) == 3


def test_visits_are_forgotten_in_time(framework):
    app = BoundedUploads(framework)

    for nth in range(limits.SESSIONS_COUNTED + 10):
        app._of(str(nth))["x"] = 1

    assert len(app.sizes) == limits.SESSIONS_COUNTED
    assert "0" not in app.sizes
