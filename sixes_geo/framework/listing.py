"""The list of initiatives with their tags, as plain values for scripts and files."""

from __future__ import annotations

from typing import Any

from sixes_geo.city.model import ES, PS, City
from sixes_geo.city.table_checks import UNSTATED
from sixes_geo.city.tables import read_initiatives
from sixes_geo.city.tag import Tag
from sixes_geo.framework.agreement import UNKNOWN
from sixes_geo.framework.paper import entries_of
from sixes_geo.framework.tags import Coded, profiles
from sixes_geo.i18n import Translator


def listed(city: City, tr: Translator) -> list[dict[str, Any]]:
    """Return the initiatives of a city with their tags.

    Parameters
    ----------
    city
        The city.
    tr
        Language of names and evidence.

    Returns
    -------
    list
        By initiative: ``id``, ``name``, ``city``, ``footprint``, ``approach`` with its
        ``approach_tag``, ``role``, ``from_paper``, ``es`` and ``ps``. Of each E its ``level``, of
        each partner its ``roles`` and whether it ``takes_part``, what that ``rests_on`` (one of
        `BASES`, empty if it is not there), with coder, evidence, source, basis and page of the
        first tag that says so (empty where coders differ without a majority), and all ``tags``.
        What nobody has coded is unknown, without a coder. Nothing is added up.
    """
    profile = profiles(city)
    return [
        {
            "id": initiative.id,
            "name": tr.text(initiative.name),
            "city": city.city,
            "footprint": initiative.footprint,
            "approach": profile[initiative.id].approach.level,
            "approach_tag": _first(profile[initiative.id].approach, tr),
            "role": initiative.role,
            "from_paper": initiative.from_paper,
            "page": initiative.page,
            "es": {e: _e(profile[initiative.id].es[e], tr) for e in ES},
            "ps": {p: _p(profile[initiative.id].ps[p], tr) for p in PS},
        }
        for initiative in read_initiatives(city)
    ]


def listed_entries(city: str | None, tr: Translator) -> list[dict[str, Any]]:
    """Return what the paper says of groups, actors and events, which are in no measure.

    Parameters
    ----------
    city
        A city, whose entries follow those of the region; all cities if not given.
    tr
        Language of names and evidence.

    Returns
    -------
    list
        By entry: ``id``, ``kind``, ``city`` (or ``region``), ``name``, ``facts``, ``page`` and its
        ``tags``, each with its ``dimension``.
    """
    return [
        {
            "id": entry.id,
            "kind": entry.kind,
            "city": entry.city,
            "name": tr.text(entry.name),
            "facts": tr.text(entry.facts),
            "page": entry.page,
            "tags": [{"dimension": tag.dimension, **_tag(tag, tr)} for tag in entry.tags],
        }
        for entry in entries_of(city)
    ]


def _e(coded: Coded, tr: Translator) -> dict[str, Any]:
    """Return the record of one E."""
    return {"level": coded.level, **_first(coded, tr)}


def _p(coded: Coded, tr: Translator) -> dict[str, Any]:
    """Return the record of one partner; its role is *unknown* if none is on record."""
    plain = [coded.level] if coded.level in ("none", UNSTATED) else [UNKNOWN]
    return {
        "roles": list(coded.roles) or plain,
        "takes_part": coded.takes_part,
        **_first(coded, tr),
    }


def _first(coded: Coded, tr: Translator) -> dict[str, Any]:
    """Return the first tag that agrees with the settled level, and all tags."""
    tags = [_tag(tag, tr) for tag in coded.tags]
    levels = set(coded.level.split("+"))
    agreeing = (tag for tag in tags if levels & set(tag["level"].split("+")))
    first = next(agreeing, tags[0] if tags and not coded.contested else {})
    empty = dict.fromkeys(("coder", "evidence", "source", "source_url", "basis", "page"), "")
    return {
        **(empty | {key: first[key] for key in empty if key in first}),
        "rests_on": coded.basis,
        "strengthen": coded.strengthen,
        "contested": coded.contested,
        "tags": tags,
    }


def _tag(tag: Tag, tr: Translator) -> dict[str, Any]:
    """Return the record of one tag."""
    return {
        "level": tag.level,
        "strengthen": tag.strengthen,
        "coder": tag.coder,
        "evidence": tr.text(tag.evidence),
        "source": tag.source,
        "source_url": tag.source_url,
        "basis": tag.basis,
        "page": tag.page,
    }
