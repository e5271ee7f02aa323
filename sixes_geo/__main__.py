"""Run the command line by `python -m sixes_geo`."""

import sys

from sixes_geo.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
