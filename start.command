#!/bin/sh
# Start the dashboard on macOS: a double click opens this in Terminal.
exec sh "$(dirname -- "$0")/start.sh" "$@"
