"""The settings of our own command and of `streamlit run app.py` are the same."""

import tomllib
from pathlib import Path

from streamlit import config

from sixes_geo.server.settings import SETTINGS
from sixes_geo.ui import lifecycle

ROOT = Path(__file__).parents[2]


def test_the_file_says_what_our_own_command_sets():
    text = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")

    named = {
        f"{section}.{name}": value
        for section, values in tomllib.loads(text).items()
        for name, value in values.items()
    }
    assert named == dict(SETTINGS)


def test_nothing_is_left_to_the_user_that_would_have_the_server_ask_or_tell_another_host():
    # Each would open a way: a welcome that looks up addresses, counts of use, a mail, pages of any
    # origin, a login at somebody's provider, a theme from an address.
    assert (
        dict(SETTINGS).items()
        >= {
            "browser.gatherUsageStats": False,
            "browser.serverAddress": "localhost",
            "server.headless": True,
            "server.showEmailPrompt": False,
            "server.enableCORS": True,
            "server.enableXsrfProtection": True,
            "server.enableAgentApi": False,
            "server.enableStaticServing": False,
            "global.developmentMode": False,
            "theme.base": "light",
        }.items()
    )
    assert SETTINGS["secrets.files"] == []


def test_our_command_overrides_what_an_environment_or_a_file_of_the_user_says(
    tmp_path, monkeypatch
):
    settings = tmp_path / ".streamlit" / "config.toml"
    settings.parent.mkdir()
    settings.write_text("[server]\nenableXsrfProtection = false\nheadless = false\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STREAMLIT_SERVER_ENABLE_CORS", "false")
    monkeypatch.setenv("STREAMLIT_GLOBAL_DEVELOPMENT_MODE", "true")
    monkeypatch.setenv("STREAMLIT_SECRETS_FILES", "secrets.toml")

    lifecycle.configure(SETTINGS)

    assert {name: config.get_option(name) for name in SETTINGS} == dict(SETTINGS)


def test_every_setting_exists():
    assert set(SETTINGS) <= set(config.get_config_options())
