"""Settings the dashboard runs with, wherever it is installed.

`.streamlit/config.toml` says the same for `streamlit run app.py` in a checkout, with the reason
for each; a test compares the two. An installed copy has no such folder, so our own command
hands the settings to the server through its environment, where they also overrule whatever a
`config.toml` of the user says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

LOOPBACK = "127.0.0.1"

SETTINGS: Mapping[str, bool | str] = MappingProxyType(
    {
        "server.address": LOOPBACK,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": False,
        "browser.serverAddress": "localhost",
        "runner.magicEnabled": False,
        "runner.enforceSerializableSessionState": True,
        "client.toolbarMode": "minimal",
        "client.showErrorLinks": False,
        "client.showErrorDetails": "none",
        "client.disableDataExport": True,
        "theme.base": "light",
        "theme.primaryColor": "#174a7c",
        "theme.textColor": "#1a1c20",
        "theme.backgroundColor": "#ffffff",
        "theme.secondaryBackgroundColor": "#eef2f5",
        "theme.baseRadius": "small",
    }
)
"""Each setting by its name in the framework's documentation."""


def environment(settings: Mapping[str, bool | str | int] = SETTINGS) -> dict[str, str]:
    """Return settings as the variables by which a server takes them.

    Examples
    --------
    >>> environment({"server.headless": True, "theme.baseRadius": "small"})
    {'STREAMLIT_SERVER_HEADLESS': 'true', 'STREAMLIT_THEME_BASE_RADIUS': 'small'}
    """
    return {variable(name): _written(value) for name, value in settings.items()}


def variable(name: str) -> str:
    """Return the environment variable of one setting."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).replace(".", "_")
    return f"STREAMLIT_{words.upper()}"


def _written(value: bool | str | int) -> str:  # noqa: FBT001  (a setting is a value)
    """Write a value as an environment holds it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
