"""The files of the house as its rules look at them: read once, places told by file and line."""

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
"""What breaks a rule in one file: the line, and a word on it."""


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the root, with slashes, and what stands in it."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Return the whole file, parsed."""
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Return every part of the file."""
        return list(ast.walk(self.tree))

    @cached_property
    def imports(self) -> list[tuple[int, str]]:
        """Return the modules imported, by line: names from a package count as its modules."""
        found = []
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found += [(node.lineno, one.name) for one in node.names]
            elif isinstance(node, ast.ImportFrom):
                found += [(node.lineno, f"{node.module}.{one.name}") for one in node.names]
        return found

    @cached_property
    def words(self) -> list[tuple[int, str]]:
        """Return the texts in the file by line, but for docstrings."""
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
    """Return every place where a rule is broken, as ``file:line what``."""
    return [f"{one.name}:{line} {what}" for one in files for line, what in rule(one)]


def none_of(found: Iterable[str]) -> None:
    """Fail with everything that was found, a line each, if there is anything."""
    told = list(found)
    assert not told, "\n".join([f"{len(told)} found", *told])


def some(things: Iterable[Thing]) -> list[Thing]:
    """Return things as a list, and fail if there are none: a loop over nothing shows nothing."""
    listed = list(things)
    assert listed, "nothing to look at"
    return listed


def called(call: ast.Call) -> str:
    """Return the name by which something is called, without what stands before its dot."""
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))
