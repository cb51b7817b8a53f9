#!/bin/sh
# Makes .venv with the packages of the given lock file, every one checked against its hash.
set -eu
say() { echo "$1" >&2; exit 1; }

[ -w . ] || say "This folder can't be written to; the portal keeps its packages and its database here."
if ! .venv/bin/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; then
  python=$(sh scripts/find_python.sh)
  echo "Making .venv with $python"
  rm -rf .venv
  "$python" -m venv .venv || say "The virtual environment .venv could not be made; see the lines above."
fi
echo "Installing the packages of $1"
.venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$1" \
  || say "The packages of $1 could not be installed; see the lines above."
