"""Santiago's recipe: nothing unsaid in any language, nothing named that is not listed."""

from __future__ import annotations

import tomllib
from pathlib import Path

from sixes_geo.build import santiago

RECIPE = Path(santiago.__file__).parent / "recipes" / "santiago.toml"


def test_recipe_says_everything_in_three_languages() -> None:
    recipe = tomllib.loads(RECIPE.read_text(encoding="utf-8"))
    texts = list(_texts(recipe))

    assert len(texts) > 200
    for text in texts:
        assert set(text) == {"es", "pt", "en"}
        assert all(value.strip() for value in text.values())


def test_recipe_names_only_what_it_lists() -> None:
    recipe = tomllib.loads(RECIPE.read_text(encoding="utf-8"))
    initiatives = {entry["id"] for entry in recipe["initiatives"]}
    of_paper = {entry["id"] for entry in recipe["initiatives"] if entry["from_paper"]}
    paths = {entry["path"] for entry in recipe["raw"]}
    layers = {entry["layer"]: entry for entry in recipe["layers"]}

    assert set().union(*(layer["initiatives"] for layer in layers.values())) == initiatives
    assert set(layers["paper-initiatives"]["initiatives"]) == of_paper
    for entry in [*recipe["indicators"], *recipe["layers"], *recipe["context"]]:
        assert set(entry["raw"]) <= paths


def _texts(node: object) -> list[dict[str, str]]:
    """Return every text of a recipe, however deep."""
    if isinstance(node, list):
        return [text for part in node for text in _texts(part)]
    if not isinstance(node, dict):
        return []
    if set(node) & {"es", "pt", "en"}:
        return [node]
    return [text for part in node.values() for text in _texts(part)]
