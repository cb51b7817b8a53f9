#!/bin/sh
# Style sheets, icons and scripts from npm packages into static/build/.
set -eu
if ! command -v npm >/dev/null 2>&1; then
  echo "npm is missing: install Node.js 20 or newer with npm, then run make again." >&2
  exit 1
fi
if ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)'; then
  echo "Node.js is too old: the style sheets need 20 or newer, and this is $(node --version)." >&2
  exit 1
fi
echo "Building the style sheets"
npm ci --silent --no-audit --no-fund || { echo "npm could not install the packages of package-lock.json." >&2; exit 1; }
npm run --silent build
