"""What people add, in the store: nothing is overwritten, and only some may remove it."""

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from sixes_geo.base.errors import DataError
from sixes_geo.store import codes, contributions, engine
from sixes_geo.store.contributions import Draft
from sixes_geo.store.versions import Change, Item

KIND, CITY = "tags", "toy"


def keep(name, content, code="", city=CITY):
    return contributions.change(KIND, city, lambda _: [Change(name, "Zoe", content)], code)


def held(city=CITY) -> dict[str, str]:
    return {item.name: item.content for item in contributions.items(KIND, city)}


def everything(_item: Item) -> bool:
    return True


def named(name):
    return lambda item: item.name == name


def test_a_new_version_leaves_the_one_before_it_in_the_history():
    keep("a", "first")
    act = keep("a", "second", "mine")
    assert held() == {"a": "second"}

    contributions.undo(act, "mine")

    assert held() == {"a": "first"}
    assert contributions.counts().changes == 3


def test_names_of_new_items_are_never_used_twice_also_after_a_removal():
    draft = Draft("own-x", "Zoe", str.upper, frozenset({"own-x-3"}))
    found = [contributions.keep_new(KIND, CITY, draft, "mine") for _ in range(2)]
    contributions.remove(KIND, CITY, named("own-x-2"), "mine")

    assert [*found, contributions.keep_new(KIND, CITY, draft, "mine")] == [
        "own-x", "own-x-2", "own-x-4",
    ]  # fmt: skip
    assert held() == {"own-x": "OWN-X", "own-x-4": "OWN-X-4"}


def test_what_is_removed_comes_back_as_it_was_and_to_whom_it_belonged(monkeypatch):
    monkeypatch.setenv(codes.FACILITATOR_VARIABLE, "a long secret")
    keep("a", "x", "mine")
    act = contributions.remove(KIND, CITY, everything, "a long secret")
    assert held() == {}
    with pytest.raises(DataError, match="only those who kept this"):
        contributions.undo(act, "mine")  # whoever was removed does not decide on that

    contributions.undo(act, "a long secret")

    assert held() == {"a": "x"}
    contributions.remove(KIND, CITY, everything, "mine")
    assert held() == {}


@pytest.mark.parametrize("code", ["", " ", "guess", "MINE", "mine2"])
@pytest.mark.parametrize("secret", ["", "a long secret"])
def test_nobody_removes_or_undoes_without_the_code(monkeypatch, code, secret):
    monkeypatch.setenv(codes.FACILITATOR_VARIABLE, secret)
    keep("a", "x", "mine")
    keep("b", "y")  # without a code
    for name in ("a", "b"):
        with pytest.raises(DataError, match="only those who kept this"):
            contributions.remove(KIND, CITY, named(name), code)
    act = contributions.remove(KIND, CITY, named("a"), "mine")
    with pytest.raises(DataError, match="only those who kept this"):
        contributions.undo(act, code)

    assert held() == {"b": "y"}


def test_a_removal_is_not_undone_twice_nor_over_what_came_after():
    keep("a", "x", "mine")
    act = contributions.remove(KIND, CITY, everything, "mine")
    keep("a", "newer", "mine")

    with pytest.raises(DataError, match="“a” has changed since"):
        contributions.undo(act, "mine")
    with pytest.raises(DataError, match="nothing was removed under “none”"):
        contributions.undo("none", "mine")
    with pytest.raises(DataError, match="was removed already"):
        contributions.remove(KIND, CITY, named("z"), "mine")
    assert held() == {"a": "newer"}


def test_no_code_and_no_secret_is_stored_or_logged(monkeypatch, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv(codes.FACILITATOR_VARIABLE, "a long secret")
    code = codes.new_code()
    keep("a", "x", code)
    keep("b", "x", "a long secret")
    contributions.remove(KIND, CITY, everything, "a long secret")
    engine.close()

    stored = b"".join(path.read_bytes() for path in tmp_path.glob("store.sqlite3*"))
    secrets = (code, "a long secret", codes.checksum("a long secret"))
    assert codes.checksum(code).encode() in stored
    assert [one for one in secrets if one.encode() in stored or one in caplog.text] == []


def test_codes_are_long_and_never_the_same():
    made = {codes.new_code() for _ in range(100)}

    assert len(made) == 100
    assert {len(code) for code in made} == {32}
    assert set("".join(made)) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("value", "read_only"), [("", False), ("0", False), ("no", False), ("1", True), ("yes", True)]
)
def test_a_server_is_read_only_if_its_environment_says_so(monkeypatch, value, read_only):
    keep("a", "x", "mine")
    monkeypatch.setenv(codes.READ_ONLY_VARIABLE, value)

    if read_only:
        with pytest.raises(DataError, match="this server is read-only"):
            keep("b", "y")
        with pytest.raises(DataError, match="this server is read-only"):
            contributions.remove(KIND, CITY, everything, "mine")
    else:
        keep("b", "y")

    assert set(held()) == ({"a"} if read_only else {"a", "b"})


def test_many_who_decide_on_the_same_at_once_all_count():
    def add_one(_):
        def decide(items):
            before = {item.name: item.content for item in items}
            return [Change("sum", "Zoe", str(int(before.get("sum", "0")) + 1))]

        return contributions.change(KIND, CITY, decide)

    with ThreadPoolExecutor(8) as pool:
        acts = set(pool.map(add_one, range(40)))

    assert len(acts) == 40
    assert held() == {"sum": "40"}


def test_the_state_of_a_city_changes_with_each_change_of_it_and_with_no_other():
    states = [contributions.state(CITY)]
    act = keep("a", "x", "mine")
    states.append(contributions.state(CITY))
    keep("a", "x", "mine", city="elsewhere")
    assert contributions.state(CITY) == states[-1]
    with pytest.raises(DataError):
        contributions.undo(act, "another")
    assert contributions.state(CITY) == states[-1]
    contributions.undo(act, "mine")
    states.append(contributions.state(CITY))

    assert len(set(states)) == 3
    assert (held(), held("elsewhere")) == ({}, {"a": "x"})


def test_what_was_removed_is_listed_until_it_is_back():
    for name in "ab":
        keep(name, "x", "mine")
    act = contributions.remove(KIND, CITY, everything, "mine")

    (found,) = contributions.removed()
    assert (found.act, found.kind, found.city) == (act, KIND, CITY)
    assert (found.author, found.names) == ("Zoe", ("a", "b"))
    contributions.undo(act, "mine")
    assert contributions.removed() == ()
