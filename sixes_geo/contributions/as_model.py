"""What people have added, as the model of a city has it: needs, layers, files, sources."""

from __future__ import annotations

import pandas as pd

from sixes_geo.base.names import file_name
from sixes_geo.city.model import (
    CONTRIBUTED,
    PER_UNIT,
    Indicator,
    Layer,
    Licence,
    Raw,
    Resource,
    Source,
)
from sixes_geo.contributions.folder import TAGS
from sixes_geo.contributions.store import INITIATIVE, ContributedIndicator, Stored
from sixes_geo.i18n import LANGUAGES, LocalText, Translator


def _same(text: str) -> LocalText:
    """Return a text for all languages that its authors wrote in one of them."""
    return dict.fromkeys(LANGUAGES, text)


def _worded(key: str, indicator: ContributedIndicator) -> LocalText:
    """Return a sentence of the catalogs about an indicator, in every language."""
    fields = {
        "name": indicator.name,
        "question": indicator.question,
        "authors": indicator.authors,
        "date": indicator.date,
    }
    return {
        language: Translator(language)(f"contributions.{key}", **fields) for language in LANGUAGES
    }


def indicator_of(indicator: ContributedIndicator) -> Indicator:
    """Return a contributed indicator as a need that ranks units."""
    whole = all(float(value).is_integer() for value in indicator.values.values())
    return Indicator(
        indicator=indicator.indicator,
        role="need",
        title=_same(indicator.name),
        unit_of_measure=_same(indicator.unit_of_measure),
        format="number",
        decimals=0 if whole else 2,
        higher_is_better_off=indicator.higher_means == "better_off",
        years={indicator.per: (indicator.year,)},
        highest=_worded("highest", indicator),
        lowest=_worded("lowest", indicator),
        note=_worded("note", indicator),
        raw=(indicator.indicator,),
        flags=(),
        origin=CONTRIBUTED,
    )


def layer_of(indicator: ContributedIndicator) -> Layer:
    """Return a contributed indicator as a layer: amounts per unit, or over initiatives' sites."""
    by_unit = indicator.per != INITIATIVE
    return Layer(
        layer=indicator.indicator,
        title=_same(indicator.name),
        noun=_same(indicator.unit_of_measure),
        initiatives=() if by_unit else tuple(sorted(indicator.values)),
        year=indicator.year if by_unit else None,
        role="initiative",
        kind=CONTRIBUTED,
        geometry=PER_UNIT if by_unit else "point",
        footprint="area",
        vintage=str(indicator.year),
        capacity={} if by_unit else _same(indicator.unit_of_measure),
        note=_worded("note", indicator),
        raw=(indicator.indicator,),
        unit=indicator.per if by_unit else "",
        newest=not by_unit,
        origin=CONTRIBUTED,
    )


def resource_of(stored: Stored[ContributedIndicator]) -> Resource:
    """Return the provenance of an indicator."""
    indicator = stored.content
    return Resource(
        name=indicator.indicator,
        path=stored.entry.name,
        sha256=stored.entry.sha256,
        size=len(stored.entry.content),
        title=_same(indicator.name),
        vintage=str(indicator.year),
        licences=(Licence("not-stated", "not-stated"),),
        sources=(
            Source(
                f"{indicator.authors}: {indicator.source}",
                indicator.indicator,
                str(indicator.year),
            ),
        ),
        changes=_worded("note", indicator),
        origin=CONTRIBUTED,
        content=stored.entry.content,
    )


def tags_resource_of(stored: Stored[pd.DataFrame]) -> Resource:
    """Return the provenance of the tags of a coder."""
    return Resource(
        name=f"{TAGS}-{file_name(stored.entry.name)}",
        path=stored.entry.name,
        sha256=stored.entry.sha256,
        size=len(stored.entry.content),
        title=_same(stored.entry.name),
        vintage="",
        licences=(Licence("not-stated", "not-stated"),),
        sources=(),
        changes=_same(""),
        origin=CONTRIBUTED,
        content=stored.entry.content,
    )


def raw_of(stored: Stored[ContributedIndicator]) -> Raw:
    """Return the source of an indicator, for the list of sources on every page."""
    indicator = stored.content
    return Raw(
        path=indicator.indicator,
        sha256=stored.entry.sha256,
        title=_same(indicator.name),
        publisher=indicator.authors,
        provenance=indicator.source,
        commit="",
        licence=Licence("not-stated", "not-stated"),
        vintage=f"{indicator.year} ({indicator.date})",
        changes=_worded("changes", indicator),
        note=_worded("note", indicator),
    )
