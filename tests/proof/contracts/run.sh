#!/usr/bin/env bash
# Checks contracts against the tools that they come from: random projects, checked by us and by them.
# Usage: tests/proof/contracts/run.sh [<architrave binary>] [--count N] [--seed N] [--types a,b] [--keep FOLDER]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
architrave=${1:-${CARGO_TARGET_DIR:-$root/target}/release/architrave}
shift || true
[ -x "$architrave" ] || { echo "run.sh: no binary at $architrave; build it with cargo build --release" >&2; exit 1; }

venv=$here/.venv
wanted=$(cat "$here/requirements.txt")
if [ "$(cat "$venv/installed" 2>/dev/null)" != "$wanted" ]; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$venv/installed"
fi

export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$here/..
exec nice -n 10 "$venv/bin/python" -m contracts "$(realpath "$architrave")" "$@"
