#!/bin/sh
# Prints the path of a Python from 3.12 on; says in one line what to do when there is none.
# PYTHON=/path/to/python asks for a certain one.
good() { "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 12) <= sys.version_info[:2])' >/dev/null 2>&1; }
if [ -n "${PYTHON:-}" ]; then
  if good "$PYTHON"; then printf '%s\n' "$PYTHON"; exit 0; fi
  found=$("$PYTHON" -c 'import sys; print("Python %d.%d" % sys.version_info[:2])' 2>/dev/null || echo "no Python that runs with its venv module")
  echo "The portal needs Python 3.12 or newer with its venv module; $PYTHON is $found. Set PYTHON to a newer one." >&2
  exit 1
fi
for candidate in python3.13 python3.14 python3.12 python3 \
  "$HOME"/.pyenv/versions/3.13*/bin/python "$HOME"/.pyenv/versions/3.14*/bin/python "$HOME"/.pyenv/versions/3.12*/bin/python \
  /usr/local/bin/python3.1[234] /opt/homebrew/bin/python3.1[234]; do
  path=$(command -v "$candidate" 2>/dev/null) || continue
  if good "$path"; then printf '%s\n' "$path"; exit 0; fi
done
found=$(python3 -c 'import sys; print("python3 is Python %d.%d" % sys.version_info[:2])' 2>/dev/null || echo "there is no python3")
echo "The portal needs Python 3.12 or newer with its venv module; $found. Install one, or set PYTHON to its path." >&2
exit 1
