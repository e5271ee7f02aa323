"""A wheel, and a copy installed with the container's script, outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import containerfile
import pytest

ROOT = Path(__file__).parents[2]
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """Build the wheel as a release would, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--quiet")
    subprocess.run([*PIP, "wheel", *options, "--wheel-dir", folder, "."], cwd=ROOT, check=True)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """Run the container's install script on its build context, and return the environment."""
    context = tmp_path_factory.mktemp("context")
    folder = tmp_path_factory.mktemp("installed") / "sixes-geo"
    containerfile.copy_context(context)
    subprocess.run(
        [context / "docker" / "install.sh", folder],
        check=True,
        cwd=context.parent,
        env=os.environ | {"PYTHON": sys.executable},
    )
    return folder
