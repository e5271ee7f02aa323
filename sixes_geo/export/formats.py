"""Formats, sheets, sizes and pictures of a snapshot, by the names people type."""

from __future__ import annotations

from collections.abc import Mapping

FORMATS = ("pdf", "png", "svg", "html", "gpkg", "geojson", "csv", "zip")
SIGNED = ("zip", "html")
"""Formats that can be signed."""

SHEETS = ("a4", "slides")
PICTURES = ("map", "curve", "quintiles", "strip")
SIZES: Mapping[str, tuple[int, int]] = {
    "1200x630": (1200, 630),
    "1080x1080": (1080, 1080),
    "3840x2160": (3840, 2160),
}
"""Width and height in pixels: two sizes to share, and one to print."""

SERVER = "http://localhost:8501/"
"""The default address of the live view: this machine."""
