"""Initiatives with what is said of them, as plain values for scripts and files."""

from __future__ import annotations

from typing import Any

from sixes_geo.city.model import ES, PS, City, Tag
from sixes_geo.city.tables import read_initiatives
from sixes_geo.framework.agreement import UNKNOWN
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
        each partner its ``roles`` and whether it ``takes_part``, with coder, evidence and source
        of the first tag that says so (of none where coders differ and nothing stands), and all
        ``tags``. What nobody has coded is unknown, with no coder. Nothing is added up.
    """
    said = profiles(city)
    return [
        {
            "id": one.id,
            "name": tr.text(one.name),
            "city": city.city,
            "footprint": one.footprint,
            "approach": said[one.id].approach.level,
            "approach_tag": _first(said[one.id].approach, tr),
            "role": one.role,
            "from_paper": one.from_paper,
            "es": {e: _e(said[one.id].es[e], tr) for e in ES},
            "ps": {p: _p(said[one.id].ps[p], tr) for p in PS},
        }
        for one in read_initiatives(city)
    ]


def _e(coded: Coded, tr: Translator) -> dict[str, Any]:
    """Return what is said of one E."""
    return {"level": coded.level, **_first(coded, tr)}


def _p(coded: Coded, tr: Translator) -> dict[str, Any]:
    """Return what is said of one partner; a part in no role on record is *unknown*."""
    plain = [coded.level] if coded.level in ("none", UNKNOWN) else [UNKNOWN]
    return {
        "roles": list(coded.roles) or plain,
        "takes_part": coded.takes_part,
        **_first(coded, tr),
    }


def _first(coded: Coded, tr: Translator) -> dict[str, Any]:
    """Return the tag that says what stands, and all others beside it."""
    tags = [_tag(one, tr) for one in coded.tags]
    telling = (one for one in tags if set(coded.level.split("+")) & set(one["level"].split("+")))
    shown = next(telling, tags[0] if tags and not coded.contested else {})
    empty = dict.fromkeys(("coder", "evidence", "source", "source_url"), "")
    return {
        **(empty | {key: shown[key] for key in empty if key in shown}),
        "strengthen": coded.strengthen,
        "contested": coded.contested,
        "tags": tags,
    }


def _tag(tag: Tag, tr: Translator) -> dict[str, Any]:
    """Return one tag."""
    return {
        "level": tag.level,
        "strengthen": tag.strengthen,
        "coder": tag.coder,
        "evidence": tr.text(tag.evidence),
        "source": tag.source,
        "source_url": tag.source_url,
    }
