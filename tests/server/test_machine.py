"""Addresses of this machine, found without asking anybody."""

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


@pytest.mark.parametrize(
    ("asked", "alone"),
    [("localhost", True), ("127.0.0.1", True), ("::1", True), (EVERY, False), ("10.0.0.7", False),
     ("host.example", False)],
)  # fmt: skip
def test_only_loopback_is_for_this_machine_alone(asked, alone):
    assert machine.is_loopback(asked) == alone


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("laptop", {"laptop", "laptop.local"}),
        ("Laptop.local", {"laptop", "laptop.local"}),
        ("hall.example.org.", {"hall", "hall.local", "hall.example.org"}),
    ],
)
def test_a_machine_knows_its_own_names(name, names, monkeypatch):
    monkeypatch.setattr(socket, "gethostname", lambda: name)

    assert machine.own_names() == names


def test_the_addresses_for_others_are_told_once_without_private_ones(
    monkeypatch,
):
    named = ["127.0.0.1", "10.0.0.7", "10.0.0.7", "127.0.1.1", "192.0.2.8"]
    monkeypatch.setattr(machine, "_ADDRESS_OF", {})
    monkeypatch.setattr(machine.sys, "platform", "win32")
    monkeypatch.setattr(socket, "gethostbyname_ex", lambda _name: ("", [], named))

    assert machine.network_addresses() == ["10.0.0.7", "192.0.2.8"]


def test_a_system_that_might_ask_the_network_for_its_own_name_is_not_asked(monkeypatch):
    monkeypatch.setattr(machine.sys, "platform", "freebsd14")
    monkeypatch.setattr(socket, "gethostbyname_ex", pytest.fail)

    assert machine.network_addresses() == []


def test_the_system_tells_addresses_of_this_machine():
    told = machine.network_addresses()  # none on a machine without a network

    assert all(map(machine.is_ours, told))
    assert not any(map(machine.is_private, told))


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
