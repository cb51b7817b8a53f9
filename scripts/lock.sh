#!/bin/sh
# Pins the requirements again, with hashes, for every supported Python; the files name no registry host.
set -eu
python=$(sh scripts/find_python.sh)
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"$python" -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check uv
for kind in requirements requirements-dev; do
  "$tools/bin/uv" pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-header --upgrade \
    --no-emit-index-url --no-emit-find-links -o "$kind.txt" "$kind.in"
done
npm install --package-lock-only --silent --no-audit --no-fund
