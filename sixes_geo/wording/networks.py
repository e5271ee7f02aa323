"""The networks of a city in words: what their count says, and each of them in a row."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from sixes_geo.analysis.networks import GROUPS, Count, NetworkRow, Networks
from sixes_geo.analysis.nulls import workplaces_of
from sixes_geo.analysis.question import Question
from sixes_geo.city.model import City
from sixes_geo.i18n import Translator
from sixes_geo.wording.assessment import index_words, need_words
from sixes_geo.wording.cautions import role_words
from sixes_geo.wording.counts import n_words
from sixes_geo.wording.verdict import INDEX_DECIMALS

P_DECIMALS = 3


def count_sentence(city: City, count: Count, tr: Translator) -> str:
    """Say how many networks of initiatives lean to which side, and of how many it is unknown."""
    name = tr.text(city.name)
    if not count.networks:
        return tr("networks.nothing", city=name)
    networks = tr("networks.networks", count=count.networks)
    return tr(
        "networks.sentence", city=name, networks=networks, clauses=tr.list(_clauses(count, tr))
    )


def _clauses(count: Count, tr: Translator) -> list[str]:
    """Return the parts of the sentence, both sides first."""
    if count.with_a_side:
        better = count.better_off and tr("networks.better_off", count=count.better_off)
        worse = count.worse_off and tr("networks.worse_off", count=count.worse_off)
        clauses = [better or tr("networks.no_better_off"), worse or tr("networks.no_worse_off")]
    else:
        clauses = [tr("networks.no_side")]
    if count.even:
        clauses.append(tr("networks.even", count=count.even))
    if count.cannot_tell and (count.with_a_side or count.even):
        clauses.append(tr("networks.cannot_tell", count=count.cannot_tell))
    return clauses


def left_out_words(count: Count, tr: Translator) -> str:
    """Say how many initiatives a map cannot be asked about; nothing if there are none."""
    parts = []
    if count.unplaced:
        parts.append(tr("networks.unplaced", count=count.unplaced))
    if count.single:
        parts.append(tr("networks.single", count=count.single))
    return tr("networks.left_out", parts=tr.list(parts)) if parts else ""


def basis_sentence(question: Question, tr: Translator) -> str:
    """Say by which units, need and workplaces the rows were measured."""
    known = workplaces_of(question.city, question.unit)
    jobs = tr("networks.on_jobs.none")
    if known is not None:
        jobs = tr("networks.jobs_source", title=tr.text(known[0].title), year=str(known[1]))
    many, need = tr.text(question.unit.many), need_words(question, tr)
    return tr("networks.basis", many=many, need=need, jobs=jobs)


def claim_words(question: Question, tr: Translator) -> str:
    """Say what is put to the test, and by which units and need."""
    return tr(
        "networks.claim",
        city=tr.text(question.city.name),
        many=tr.text(question.unit.many),
        need=need_words(question, tr),
    )


def group_title(group: str, tr: Translator) -> str:
    """Name a group of networks."""
    return tr(f"networks.group.{group}")


def group_cautions(rows: Sequence[NetworkRow], tr: Translator) -> list[str]:
    """Return what must stand beside the rows of a group: that they watch, or are no initiatives."""
    words = (role_words(row.assessment, tr) for row in rows)
    return [text for text in dict.fromkeys(words) if text]


def piece_words(row: NetworkRow, tr: Translator) -> str:
    """Say whether the network holds as one piece, with the largest p-value that it rests on."""
    test = row.network
    if test is None:
        return tr("networks.as_piece.none")
    words = tr(f"networks.as_piece.{test.reason or test.verdict}")
    if test.reason not in ("", "depends_on_keep") or math.isnan(row.piece_p_value):
        return words  # what cannot be moved has no p-value worth reading
    return tr("networks.piece", words=words, p=tr.number(row.piece_p_value, P_DECIMALS))


def jobs_words(row: NetworkRow, tr: Translator) -> str:
    """Say how a network lies beside workplaces, with the index of these."""
    test = row.workplaces
    if test is None:
        return tr("networks.on_jobs.none")
    words = tr(f"networks.on_jobs.{test.verdict}")
    return tr("networks.jobs", words=words, expected=tr.signed(test.expected, INDEX_DECIMALS))


def status_words(row: NetworkRow, tr: Translator) -> str:
    """Say what a row adds to the count, or why it is not counted."""
    if row.counted:
        words = tr("verdict.turned") if row.turned else tr(f"networks.status.{row.answer}")
        return tr("networks.borderline", words=words) if row.borderline else words
    return tr(f"networks.status.{'uncounted' if row.status == 'newest' else row.status}")


def index_of_row(row: NetworkRow, tr: Translator) -> str:
    """Write the index of a row with its interval, and what weighs it, if anything does."""
    index = index_words(row.assessment, tr)
    if row.assessment.question.weight == "sites" or row.assessment.test is None:
        return index
    return tr("networks.weighed", index=index, capacity=tr.text(row.layer.capacity))


def verdict_of_row(row: NetworkRow, tr: Translator) -> str:
    """Write the verdict on a row's sites one by one."""
    test = row.assessment.test
    words = tr(f"strip.verdict.{'cannot_tell' if test is None else test.verdict}")
    words = tr("verdict.turned") if row.turned else words
    return tr("networks.borderline", words=words) if row.verdict_borderline else words


def effective_words(row: NetworkRow, tr: Translator) -> str:
    """Write how many places put one by one the network is worth."""
    return tr.number(None if row.network is None else row.network.effective_n, 1)


def network_table(rows: Sequence[NetworkRow], tr: Translator) -> pd.DataFrame:
    """Return a row per network, with what it adds to the count where initiatives are told."""
    initiatives = any(row.group == "initiatives" for row in rows)
    records = []
    for row in rows:
        record = {
            tr("networks.column.network"): tr.text(row.layer.title),
            tr("networks.column.date"): row.layer.vintage,
            tr("compare.n"): n_words(row.assessment, tr),
            tr("networks.column.effective"): effective_words(row, tr),
            tr("summary.index_title"): index_of_row(row, tr),
            tr("networks.column.one_by_one"): verdict_of_row(row, tr),
            tr("networks.column.piece"): piece_words(row, tr),
            tr("networks.column.jobs"): jobs_words(row, tr),
        }
        status = {tr("networks.column.status"): status_words(row, tr)} if initiatives else {}
        records.append(record | status)
    return pd.DataFrame(records)


def text_lines(networks: Networks, tr: Translator) -> list[str]:
    """Return everything in lines of text, for a terminal."""
    count = networks.count
    lines = [
        count_sentence(networks.question.city, count, tr),
        left_out_words(count, tr),
        claim_words(networks.question, tr),
        tr("networks.rule"),
        tr("networks.not_share"),
        basis_sentence(networks.question, tr),
    ]
    for group in GROUPS:
        rows = networks.of_group(group)
        if not rows:
            continue
        lines.append(tr("networks.heading", group=group_title(group, tr)))
        lines += [f"  {text}" for text in group_cautions(rows, tr)]
        lines += [_line(row, tr) for row in rows]
    return [line for line in lines if line]


def _line(row: NetworkRow, tr: Translator) -> str:
    """Return a row as a line of text."""
    return tr(
        "networks.line",
        title=tr.text(row.layer.title),
        date=row.layer.vintage,
        n=n_words(row.assessment, tr),
        effective=effective_words(row, tr),
        index=index_of_row(row, tr),
        verdict=verdict_of_row(row, tr),
        piece=piece_words(row, tr),
        jobs=jobs_words(row, tr),
        status=status_words(row, tr),
    )
