"""The view: what a link opens, and a page shows."""

from __future__ import annotations

from dataclasses import dataclass

from sixes_geo.analysis.question import Question
from sixes_geo.city.model import City, Layer


@dataclass(frozen=True)
class View:
    """What a link opens: a question, a language, and what is shown beside the answer.

    Of several networks, ``question`` is about the first, or about all if they are counted
    together; ``beside`` has a question for each of the others.
    """

    language: str
    question: Question
    district: str
    context: tuple[str, ...]
    present: bool
    within: int
    clusters: str
    step: int
    kind: str
    initiative: str
    beside: tuple[Question, ...] = ()

    @property
    def city(self) -> City:
        """The city of the question."""
        return self.question.city

    @property
    def questions(self) -> tuple[Question, ...]:
        """The question, and those of the networks beside it."""
        return (self.question, *self.beside)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Every network that was chosen, in order."""
        return tuple(layer for question in self.questions for layer in question.layers)

    @property
    def together(self) -> bool:
        """Whether several networks are counted together."""
        return len(self.question.layers) > 1
