"""The city that `framework` is to list, if any: decided before anything slow is loaded."""

from __future__ import annotations

import argparse

from sixes_geo.base.errors import ChoiceError, Problem


def asked(options: argparse.Namespace) -> str:
    """Return the city of the arguments, "" for all; two different ones are refused."""
    named = {name for name in (options.city, options.named_city) if name}
    if len(named) > 1:
        fields = {"got": " ".join(sorted(named))}
        raise ChoiceError("command", [Problem("several_cities", fields)], "see_help")
    return next(iter(named), "")
