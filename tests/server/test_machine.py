"""Addresses of this machine, found without asking anybody."""

import ipaddress
import socket

import pytest

from sixes_geo.server import machine

EVERY = "0.0.0.0"  # noqa: S104  (as people type it)


@pytest.mark.parametrize(
    ("asked", "address"),
    [("localhost", "127.0.0.1"), ("127.0.0.1", "127.0.0.1"), (EVERY, EVERY), ("::", "::")],
)
def test_an_address_is_taken_as_a_person_writes_it(asked, address):
    assert machine.ip_address(asked) == address


@pytest.mark.parametrize("asked", ["", "example.org", "1.2.3", "127.0.0.1:80", "-"])
def test_a_name_is_never_looked_up(asked, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", pytest.fail)

    with pytest.raises(ValueError, match="IPv4"):
        machine.ip_address(asked)


def test_an_address_is_ours_or_not():
    assert machine.is_ours("127.0.0.1")
    assert machine.is_ours(EVERY)
    assert not machine.is_ours("192.0.2.1")


def test_the_addresses_for_others_are_not_those_of_this_machine_alone():
    for one in machine.network_addresses():
        assert not ipaddress.ip_address(one).is_loopback
        assert machine.is_ours(one)


@pytest.mark.parametrize(
    ("host", "path", "shown"),
    [
        ("127.0.0.1", "", "http://localhost:80"),
        (EVERY, "/", "http://localhost:80"),
        ("::", "maps", "http://localhost:80/maps"),
        ("::1", "", "http://[::1]:80"),
        ("10.0.0.7", "/a/b/", "http://10.0.0.7:80/a/b"),
    ],
)
def test_what_to_type_is_told(host, path, shown):
    assert machine.url(host, 80, path) == shown
