"""What is known of a snapshot that was opened again, in sentences that say no more than that."""

from __future__ import annotations

from typing import Any

from sixes_geo.base.errors import ChoiceError, Problem, Words
from sixes_geo.base.names import repeated
from sixes_geo.export.archives import HINT
from sixes_geo.export.proof import (
    DATA_DIFFER,
    NOT_COMPARABLE,
    SAME,
    UNSIGNED,
    Proof,
)
from sixes_geo.export.reopened import PAGE
from sixes_geo.export.signature import spaced
from sixes_geo.export.webpage import PARTS
from sixes_geo.i18n import LANGUAGES, LocalText, Translator, catalog

DECIMALS, MORE_DECIMALS = 2, 9
"""Of an index: as everywhere, and where two would look the same."""

MOST_NAMES = 8
"""How many names that a manifest holds are repeated: it may hold any."""


def refuse_changed(proof: Proof, name: str) -> None:
    """Refuse a snapshot in which something cannot be true.

    Parameters
    ----------
    proof
        What is known of it.
    name
        The name of its file.

    Raises
    ------
    ChoiceError
        With all that cannot be true.
    """
    problems: list[Problem] = []
    if "checksum" in proof.changed:
        problems.append(Problem("checksum_changed"))
    if "figures" in proof.changed:
        problems += [Problem("figures_changed"), *(_figure(proof, one) for one in proof.differing)]
    if "files" in proof.changed:
        problems += [Problem("remade_differs", {"path": _file(one)}) for one in proof.remade or ()]
    if problems:
        raise ChoiceError("reopen", problems, HINT, where=name)


def proof_lines(proof: Proof, tr: Translator) -> list[str]:
    """Return what is known of a snapshot that nothing speaks against: in order, a line each."""
    return [state_words(proof, tr), signature_words(proof, tr), files_words(proof, tr)]


def state_words(proof: Proof, tr: Translator) -> str:
    """Say whether the same figures come out of the same data."""
    fields = {
        "sha": proof.found.checksum,
        "names": names_words(proof.found.data_changed, tr),
        "version": repeated(str(proof.found.manifest.get("version", ""))),
    }
    if proof.state == SAME and not proof.same_version:
        return tr("proof.same_in_version", **fields)
    if proof.state in (SAME, NOT_COMPARABLE):
        return tr(f"proof.{proof.state}", **fields)
    if proof.state == DATA_DIFFER and proof.measured is None:
        return tr("proof.data_differ_unmeasured", **fields)
    if proof.state == DATA_DIFFER and not proof.differing:
        return tr("proof.data_differ_same", **fields)
    figures = [_figure(proof, name).text(tr) for name in proof.differing]
    return tr(f"proof.{proof.state}", figures="; ".join(figures), **fields)


def signature_words(proof: Proof, tr: Translator) -> str:
    """Say whose key signed a snapshot."""
    signature = proof.signature
    if signature.state == UNSIGNED:
        return tr("proof.unsigned")
    named = "_as" if signature.name else ""
    fingerprint = spaced(signature.fingerprint)
    return tr(f"proof.{signature.state}{named}", fingerprint=fingerprint, name=signature.name)


def files_words(proof: Proof, tr: Translator) -> str:
    """Say which files of a snapshot were compared."""
    if proof.remade:
        names = tr.list([_name(one, tr) for one in proof.remade])
        return tr("proof.files_differ", names=names)
    if proof.remade is not None:
        return tr("proof.files_same")
    form = "page" if PAGE in proof.found.files else "archive"
    not_compared = tr(f"proof.not_compared_{form}")
    return f"{tr('proof.files_not_remade')} {not_compared}" if proof.asked else not_compared


def names_words(names: tuple[str, ...], tr: Translator) -> str:
    """List names that come from a snapshot: not all of many, and nothing that cannot be seen."""
    shown = [repeated(name) for name in names[:MOST_NAMES]]
    if len(names) > MOST_NAMES:
        shown.append(tr("proof.more", count=len(names) - MOST_NAMES))
    return tr.list(shown)


def _figure(proof: Proof, name: str) -> Problem:
    """Return how a figure differs from what was measured here."""
    stated, measured = proof.found.result.get(name), (proof.measured or {}).get(name)
    alike = all(_value(stated, one) == _value(measured, one) for one in map(Translator, LANGUAGES))
    decimals = MORE_DECIMALS if alike else DECIMALS
    got, expected = (_everywhere(value, decimals) for value in (stated, measured))
    named = Words((f"proof.figure.{name}",))
    return Problem("figure_differs", {"name": named, "got": got, "expected": expected})


def _everywhere(value: object, decimals: int) -> LocalText:
    """Return a figure as text, in every language."""
    return {one: _value(value, Translator(one), decimals) for one in LANGUAGES}


def _value(value: Any, tr: Translator, decimals: int = DECIMALS) -> str:  # noqa: ANN401
    """Write a figure: a number, the limits of an interval, or a verdict."""
    if isinstance(value, list):
        low, high = (_value(float(end), tr, decimals) for end in value)
        return tr("proof.interval", low=low, high=high)
    if isinstance(value, float):
        return tr.signed(value, decimals)
    if isinstance(value, int):
        return tr.number(value, 0)
    if value is None:
        return tr("number.missing")
    return tr(f"verdict.{value}") if value in catalog(tr.language)["verdict"] else repeated(value)


def _name(file: str, tr: Translator) -> str:
    """Return the name of a file, or of a part of a page, in a language."""
    named = _file(file)
    return named.text(tr) if isinstance(named, Words) else named


def _file(name: str) -> Words | str:
    """Return the name of a file, or of a part of a page."""
    if name == PAGE:
        return Words(("proof.page",))
    return Words((f"snapshot.part.{name}",)) if name in PARTS else repeated(name)
