"""One question has one answer: sentence, verdict, strip, table and JSON agree in every view."""

import io
import json
from pathlib import Path

import pandas as pd
import pytest
from house import none_of, some

from sixes_geo.analysis import robustness
from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.options import needs_of, unit_options, weight_options
from sixes_geo.analysis.question import ask
from sixes_geo.analysis.robustness import every_variant, robustness_of
from sixes_geo.i18n import Translator
from sixes_geo.measures.base.thresholds import (
    ALPHA,
    LEAST_HEADLINE_GAP,
    LEAST_SITES_TO_RESAMPLE,
)
from sixes_geo.output.records import measure_record
from sixes_geo.output.unit_table import csv_table
from sixes_geo.wording import headline, headline_lines, is_sure, verdict_key

GEODATA = Path(__file__).parents[2] / "geodata"
TR = Translator("en")


def published_layers():
    """List (city, layer) straight from the manifests."""
    for path in sorted(GEODATA.glob("*/datapackage.json")):
        manifest = json.loads(path.read_text(encoding="utf-8"))
        for layer in manifest["sixes:layers"]:
            yield path.parent.name, layer["layer"]


def views(city, layer):
    """Ask about a layer by every level, need and weight."""
    (found,) = (one for one in city.layers if one.layer == layer)
    for unit in unit_options(city, [found]):
        for need in needs_of(city, unit):
            for weight in weight_options([found]):
                yield ask(city, layers=[layer], unit=unit, need=need.indicator, weight=weight)


@pytest.mark.timeout(900)  # every view of 11,318 stops, each weighed thousands of times
@pytest.mark.parametrize(("name", "layer"), [*published_layers()])
def test_sentence_verdict_strip_table_and_json_agree(published, monkeypatch, name, layer):
    monkeypatch.setattr(robustness, "BORDERS", (0,))  # no view here has moved borders
    questions = some(views(published(name), layer))
    variants = every_variant(questions[0])

    for question in questions:
        found = assess(question)
        record, strip = measure_record(found), robustness_of(variants, question)
        table = pd.read_csv(io.BytesIO(csv_table(found, TR)))
        ring = strip.variants[strip.variants["asked"]]
        assert record["sentence"] == headline(found, TR)
        if found.test is None:
            assert ring.empty
            assert record["verdict"] == "cannot_tell"
            continue
        test, (_, verdict) = found.test, headline_lines(found, TR)
        assert set(table["index_verdict"]) == {test.verdict} == {record["verdict"]}
        assert ring["verdict"].tolist() == [test.verdict]
        assert ring[["lower", "upper"]].to_numpy().tolist() == [list(test.interval)]
        assert record["interval"] == list(test.interval)
        assert set(table["interval_low"].round(6)) == {round(test.interval[0], 6)}
        sides = {"better_off": "towards the better-off", "worse_off": "towards the worse-off"}
        told = {side for side, words in sides.items() if words in verdict}
        if found.split is not None and found.split.turns:
            assert told == {found.split.at.test.verdict}
            assert verdict_key(found) == "turned"
        elif verdict:
            assert told == ({test.verdict} & set(sides))
            assert is_sure(found) == (test.verdict != "cannot_tell" and test.null_sd > 0)
            none_of(contradictions(found, verdict))


def contradictions(found, verdict):
    """List what a verdict says against the share in the headline, or against its test."""
    test, head = found.test, found.headline
    opposed = abs(head.gap) >= LEAST_HEADLINE_GAP and (head.gap > 0) != (test.index > 0)
    if test.verdict in ("better_off", "worse_off") and opposed != verdict.startswith("Even so"):
        yield f"{found.question}: the share points to the other side, unsaid"
    if "chance alone" in verdict and min(test.p_value, head.p_value) <= ALPHA:
        yield f"{found.question}: what chance alone could do is less likely than that"
    if "too few" in verdict and test.n >= LEAST_SITES_TO_RESAMPLE:
        yield f"{found.question}: {test.n} are not too few"
