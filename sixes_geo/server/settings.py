"""Streamlit settings of the dashboard, wherever it is installed.

`.streamlit/config.toml` has the same for `streamlit run app.py` in a checkout, with the reason
for each; a test compares the two. An installed copy has no such folder, so our own command
passes these to the server as flags; they override a `config.toml` of the user.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sixes_geo.base.limits import UPLOAD_MEGABYTES
from sixes_geo.server.machine import LOCAL_NAME, LOOPBACK

SETTINGS: Mapping[str, bool | int | str | list[str]] = MappingProxyType(
    {
        "global.developmentMode": False,
        "server.address": LOOPBACK,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.enableCORS": True,
        "server.enableXsrfProtection": True,
        "server.enableAgentApi": False,
        "server.enableStaticServing": False,
        "server.showEmailPrompt": False,
        "secrets.files": [],
        "server.maxUploadSize": UPLOAD_MEGABYTES,
        "browser.gatherUsageStats": False,
        "browser.serverAddress": LOCAL_NAME,
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
"""The settings, by their names in Streamlit's documentation."""
