"""Fields and questions of the snapshots in tests."""

from __future__ import annotations

from sixes_geo.export.fields import Fields

DAY = "2026-11-25"
HOSTILE = Fields(
    title=("<script>alert('1')</script> \"Câmeras\" & عربي 😀 日本 " * 7)[:300],
    author="Associação <img src=x onerror=alert(2)> 'dos' \"Moradores\"",
    note="]]> --> {{ 7 * 7 }} #eval(1) $x$ *bold* _under_\n\n= no heading\n" * 8,
    recommendation='=HYPERLINK("http://example.org") & <b>bold</b> \\u{41} ' * 25,
    date=DAY,
)
"""Texts that would act as code in a page, a template, a spreadsheet or a drawing."""

TYPICAL = {("santiago", "es"), ("rio", "pt"), ("medellin", "en")}
"""Each city once, in one language each; the others take their time."""

OPENING = {
    "santiago": ("bike-share-2022", ("13112",)),
    "rio": ("cameras-2026", ()),
    "medellin": ("libraries-2018", ()),
}
