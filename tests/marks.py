"""Which tests bear which mark, by where they lie; the tiers of the Makefile choose by marks."""

MARKS = {
    "browser": ("tests/browser",),
    "pages": ("tests/pages",),
    "published": (
        "tests/city/test_geodata.py",
        "tests/framework/test_paper.py",
        "tests/test_docs.py",
    ),
    "starts": ("tests/cli/test_app.py",),
    "raw": ("tests/build/test_full_rebuild.py",),
    "long": (
        "tests/build/test_full_rebuild.py",
        "tests/install/test_wheel.py",
    ),
}
"""What each mark of pyproject.toml stands on: all tests of a folder, or of a file."""
