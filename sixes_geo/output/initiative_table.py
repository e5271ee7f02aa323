"""Tables of initiatives with their Es and partners, for the screen and for a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from sixes_geo.city.model import City, Initiative
from sixes_geo.city.tables import read_initiatives, read_tags
from sixes_geo.framework.tags import Profile
from sixes_geo.i18n import Translator
from sixes_geo.output.unit_table import table_file
from sixes_geo.wording.tags import grounded_words


def initiative_table(
    initiatives: Sequence[tuple[Initiative, Profile]], sites: Mapping[str, int], tr: Translator
) -> pd.DataFrame:
    """Return a row for each initiative: its purposes, who takes part, where it is."""
    return pd.DataFrame(
        {
            tr("initiatives.name"): [tr.text(initiative.name) for initiative, _ in initiatives],
            tr("initiatives.es"): [
                grounded_words({e: profile.es[e].basis for e in profile.carried}, "e", tr)
                or tr("tags.not_documented")
                for _, profile in initiatives
            ],
            tr("initiatives.ps"): [
                grounded_words({p: profile.ps[p].basis for p in profile.partners}, "p", tr)
                or tr("tags.not_documented")
                for _, profile in initiatives
            ],
            tr("initiatives.approach"): [
                tr(f"tags.approach.{profile.approach.level}") for _, profile in initiatives
            ],
            tr("initiatives.reach"): [
                tr(f"unplaced.footprint.{initiative.footprint}") for initiative, _ in initiatives
            ],
            tr("initiatives.sites"): [
                tr.number(sites[initiative.id], 0)
                if initiative.id in sites
                else tr("initiatives.no_site")
                for initiative, _ in initiatives
            ],
            tr("initiatives.kind"): [
                tr(f"role.{initiative.role}") for initiative, _ in initiatives
            ],
        }
    )


def tags_csv(city: City, tr: Translator) -> bytes:
    """Return all tags as a CSV file, one per row, with coder, evidence, source, basis and page.

    It has the columns that a file of tags by another coder needs.
    """
    names = {initiative.id: tr.text(initiative.name) for initiative in read_initiatives(city)}
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
            "basis": tag.basis,
            "page": tag.page,
        }
        for tag in read_tags(city)
    ]
    return table_file(pd.DataFrame(rows).astype("str"))
