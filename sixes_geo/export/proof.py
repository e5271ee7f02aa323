"""What is known of a snapshot that was opened again, and what is not.

A snapshot that is complete may still have been forged: whoever changes it can make its checksums
anew. So its checksum is computed again from what it says, and its figures are measured again from
the data on this machine. Files that were not made again, such as its PDF, were not compared; only
a signature by a key that is known here speaks for them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sixes_geo import __version__
from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.question import Question
from sixes_geo.export.figures import Figures, differing, figures_of
from sixes_geo.export.reopened import Reopened
from sixes_geo.export.signature import fingerprint_of, public_of
from sixes_geo.export.snapshot import checksum_of
from sixes_geo.store import keys

SAME, DATA_DIFFER, VERSION_DIFFERS, FIGURES_DIFFER, NOT_COMPARABLE, CHANGED = (
    "same",
    "data_differ",
    "version_differs",
    "figures_differ",
    "not_comparable",
    "changed",
)
"""What is known: the same figures come out of the same data; the data, or only the version, are
others; other figures come out although a key that is known here signed it; nothing can be measured
again; or something in it cannot be true."""

NOT_COMPARED, NOT_REMADE, DIFFER = "not_compared", "not_remade", "differ"
"""What is known of its files, if they are not all the same: to make them again was not asked for,
or cannot be done here, or gave others."""

UNSIGNED, OWN, KNOWN, UNKNOWN = "unsigned", "own", "known", "unknown"
"""Whose key signed it: nobody's, this copy's, one that was made known here, or any other."""


@dataclass(frozen=True)
class Signature:
    """Whose key signed a snapshot: one of the states above, its fingerprint, and its name here."""

    state: str
    fingerprint: str = ""
    name: str = ""


@dataclass(frozen=True)
class Proof:
    """What is known of a snapshot.

    ``measured`` holds its figures as they come out of the data on this machine, None if they
    cannot be measured; ``differing`` names those that it states otherwise. ``checksum_fits`` is
    None where only the data it was made with could tell. ``remade`` names the files that this
    machine makes otherwise: None if they were not made again, or cannot be (``asked`` tells).
    """

    found: Reopened
    measured: Figures | None
    differing: tuple[str, ...]
    checksum_fits: bool | None
    signature: Signature
    asked: bool = False
    remade: tuple[str, ...] | None = None

    @property
    def changed(self) -> tuple[str, ...]:
        """Return what in it cannot be true: its checksum, its figures, its files.

        What a known key signed has not changed since: if other figures come out here, the copies
        differ, such as by a change in the code that has no version yet.
        """
        alike = not self.found.data_changed and self.same_version and not self.vouched
        parts = {
            "checksum": self.checksum_fits is False,
            "figures": bool(self.differing) and alike,
            "files": bool(self.remade) and alike,
        }
        return tuple(part for part, is_changed in parts.items() if is_changed)

    @property
    def vouched(self) -> bool:
        """Tell whether a key that is known here signed it."""
        return self.signature.state in (OWN, KNOWN)

    @property
    def same_version(self) -> bool:
        """Tell whether it was made with this version."""
        return bool(self.found.manifest.get("version", __version__) == __version__)

    @property
    def state(self) -> str:
        """Return what is known of it, in a word."""
        if self.changed:
            return CHANGED
        if self.found.data_changed:
            return DATA_DIFFER
        if self.measured is None:
            return NOT_COMPARABLE
        if self.differing:
            return FIGURES_DIFFER if self.same_version else VERSION_DIFFERS
        return SAME

    @property
    def files_state(self) -> str:
        """Return what is known of its files, in a word."""
        if self.remade is None:
            return NOT_REMADE if self.asked else NOT_COMPARED
        return DIFFER if self.remade else SAME


def prove(
    found: Reopened,
    measure: Callable[[Question], Assessment],
    remake: Callable[[Reopened, Assessment], tuple[str, ...] | None] | None = None,
) -> Proof:
    """Find out what is known of a complete snapshot.

    Parameters
    ----------
    found
        The snapshot.
    measure
        Answers its question from the data on this machine.
    remake
        Makes its files again and names those that differ, if that is wanted.
    """
    assessment = None if found.beside else measure(found.question)
    measured = None if assessment is None else figures_of(assessment)
    remade = remake(found, assessment) if remake and assessment else None
    return Proof(
        found=found,
        measured=measured,
        differing=differing(found.result, measured) if measured else (),
        checksum_fits=_checksum_fits(found),
        signature=_signature(found.signer),
        asked=remake is not None,
        remade=remade,
    )


def _checksum_fits(found: Reopened) -> bool | None:
    """Tell whether the checksum is that of the selection, texts and data it speaks of.

    Before they had a stamp of their data, snapshots could only be held against the data here.
    """
    manifest = found.manifest
    stamp = manifest.get("stamp")
    checksum = checksum_of(
        stamp or found.question.city.stamp,
        manifest["choice"],
        manifest["language"],
        manifest["fields"],
    )
    fits = checksum == manifest["checksum"]
    return fits if fits or stamp else None


def _signature(signer: str | None) -> Signature:
    """Return whose key signed a snapshot, as far as keys are known here."""
    if signer is None:
        return Signature(UNSIGNED)
    fingerprint = fingerprint_of(signer)
    own = keys.existing_key()
    if own is not None and public_of(own) == signer:
        return Signature(OWN, fingerprint)
    for known in keys.known_keys():
        if known.public == signer:
            return Signature(KNOWN, fingerprint, known.name)
    return Signature(UNKNOWN, fingerprint)
