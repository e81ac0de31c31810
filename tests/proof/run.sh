#!/usr/bin/env bash
# Runs the sample backends of tests/projects and counts their SQL statements: costs against formulas, fixes against both;
# then takes each fix of tests/projects/parcels alone and looks at what compilers and linters say.
# Usage: tests/proof/run.sh [<architrave binary>] [<sample>...]; the binary defaults to target/release/architrave.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
architrave=${1:-${CARGO_TARGET_DIR:-$root/target}/release/architrave}
shift || true

fail() { echo "run.sh: $*" >&2; exit 1; }
[ -x "$architrave" ] || fail "no binary at $architrave; build it with cargo build --release"

venv=$here/.venv
wanted=$(cat "$here/requirements.txt")
if [ "$(cat "$venv/installed" 2>/dev/null)" != "$wanted" ]; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$venv/installed"
fi

export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$here
"$venv/bin/python" "$here/prove.py" "$(realpath "$architrave")" "$@"
if [ $# -eq 0 ]; then
    "$venv/bin/python" "$here/actions.py" "$(realpath "$architrave")" "$root/tests/projects/parcels" --rule all
fi
