#!/bin/sh
# Start the dashboard without make: ./start.sh, or a double click and "Run".
# Options go to the dashboard: ./start.sh --port 8600. PYTHON=... names an interpreter.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")"

for python in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
    if test -n "$python" &&
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$python" tools/start.py "$@"
    fi
done

echo "SixEs Geo: falta Python 3.11 o posterior. Instale Python (www.python.org) y abra este archivo otra vez." >&2
echo "SixEs Geo: falta o Python 3.11 ou mais recente. Instale o Python (www.python.org) e abra este arquivo outra vez." >&2
echo "SixEs Geo: Python 3.11 or newer is missing. Install Python (www.python.org) and open this file again." >&2
exit 1
