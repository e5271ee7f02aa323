#!/bin/sh
# Install the product into a fresh environment: docker/install.sh FOLDER
# The container's build runs it, and so do the tests, which cannot build an image.
# PYTHON names the interpreter. Everything comes with a checksum from the lists beside the code.
set -eu

python=${PYTHON:-python3}
folder=$1
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

install() {
    environment=$1
    shift
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
}

"$python" -m venv "$work/tools"
install "$work/tools" --require-hashes -r requirements-build.txt
"$work/tools/bin/python" -m pip wheel --quiet --disable-pip-version-check \
    --no-deps --no-build-isolation --wheel-dir "$work" .

"$python" -m venv "$folder"
install "$folder" --require-hashes -r requirements.txt
install "$folder" --no-deps --no-index "$work"/sixes_geo-*.whl
"$folder/bin/sixes-geo" --version
