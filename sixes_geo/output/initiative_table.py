"""Initiatives with their Es and partners, for the screen and for a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from sixes_geo.city.model import City, Initiative
from sixes_geo.city.tables import read_initiatives, read_tags
from sixes_geo.framework.tags import Profile
from sixes_geo.i18n import Translator
from sixes_geo.output.unit_table import table_file
from sixes_geo.wording.tags import es_words, ps_words


def initiative_table(
    found: Sequence[tuple[Initiative, Profile]], sites: Mapping[str, int], tr: Translator
) -> pd.DataFrame:
    """Return a row for each initiative: what it is for, who takes part, where it stands."""
    return pd.DataFrame(
        {
            tr("initiatives.name"): [tr.text(one.name) for one, _ in found],
            tr("initiatives.es"): [
                es_words(said.carried, tr) or tr("tags.not_documented") for _, said in found
            ],
            tr("initiatives.ps"): [
                ps_words(said.partners, tr) or tr("tags.not_documented") for _, said in found
            ],
            tr("initiatives.approach"): [
                tr(f"tags.approach.{said.approach.level}") for _, said in found
            ],
            tr("initiatives.reach"): [
                tr(f"unplaced.footprint.{one.footprint}") for one, _ in found
            ],
            tr("initiatives.sites"): [
                tr.number(sites[one.id], 0) if one.id in sites else tr("initiatives.no_site")
                for one, _ in found
            ],
            tr("initiatives.kind"): [tr(f"role.{one.role}") for one, _ in found],
        }
    )


def tags_csv(city: City, tr: Translator) -> bytes:
    """Return every tag as a file, one a row, with coder, evidence and source.

    It has the columns by which a further coder brings tags in.
    """
    names = {one.id: tr.text(one.name) for one in read_initiatives(city)}
    rows = [
        {
            "initiative": tag.initiative,
            "name": names[tag.initiative],
            "dimension": tag.dimension,
            "level": tag.level,
            "strengthen": "true" if tag.strengthen else "false",
            "coder": tag.coder,
            "evidence": tr.text(tag.evidence),
            "source": tag.source,
            "source_url": tag.source_url,
        }
        for tag in read_tags(city)
    ]
    return table_file(pd.DataFrame(rows).astype("str"))
