"""Source files for tests of the architecture, which report offenders by file and line."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parents[1]

Thing = TypeVar("Thing")

Rule = Callable[["Source"], Iterator[tuple[int, str]]]
"""A rule: the lines of one file that break it, each with a word on why."""


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the root, with slashes, and its content."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Return the syntax tree of the file."""
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Return every node of the syntax tree."""
        return list(ast.walk(self.tree))

    @cached_property
    def imports(self) -> list[tuple[int, str]]:
        """Return the imported modules by line; names from a package count as its modules."""
        modules: list[tuple[int, str]] = []
        for node in self.nodes:
            if isinstance(node, ast.Import):
                modules += [(node.lineno, alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
        return modules

    @cached_property
    def words(self) -> list[tuple[int, str]]:
        """Return the strings in the file by line, without docstrings."""
        holders = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        docstrings = {
            id(node.body[0].value)
            for node in self.nodes
            if isinstance(node, holders) and ast.get_docstring(node) is not None
        }
        return [
            (node.lineno, node.value)
            for node in self.nodes
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
        ]

    @property
    def calls(self) -> Iterator[ast.Call]:
        """Yield every call in the file."""
        return (node for node in self.nodes if isinstance(node, ast.Call))


def sources(*patterns: str) -> list[Source]:
    """Return the files that match patterns from the root, in order."""
    paths = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    return [
        Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in paths
    ]


LIBRARY = sources("sixes_geo/**/*.py")
PAGES = sources("pages/*/*.py")
SCRIPT = sources("sixes_geo/ui/main.py")
APP = sources("app.py")
TESTS = sources("tests/**/*.py")


def offenders(rule: Rule, files: Iterable[Source]) -> list[str]:
    """Return everything that breaks a rule, as ``file:line what``."""
    return [f"{file.name}:{line} {what}" for file in files for line, what in rule(file)]


def none_of(offences: Iterable[str]) -> None:
    """Fail if there are any offences, and list them all."""
    listed = list(offences)
    assert not listed, "\n".join([f"{len(listed)} found", *listed])


def some(things: Iterable[Thing]) -> list[Thing]:
    """Return things as a list, and fail if there are none: a loop over nothing shows nothing."""
    listed = list(things)
    assert listed, "nothing to look at"
    return listed


def called(call: ast.Call) -> str:
    """Return the name of the called function, without what is before its dot."""
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))
