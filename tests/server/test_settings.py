"""The settings of our own command and of `streamlit run app.py` are the same."""

import tomllib
from pathlib import Path

from streamlit import config

from sixes_geo.server.settings import SETTINGS

ROOT = Path(__file__).parents[2]


def test_the_file_says_what_our_own_command_sets():
    text = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")

    named = {
        f"{section}.{name}": value
        for section, values in tomllib.loads(text).items()
        for name, value in values.items()
    }
    assert named == dict(SETTINGS)


def test_every_setting_exists():
    assert set(SETTINGS) <= set(config.get_config_options())
