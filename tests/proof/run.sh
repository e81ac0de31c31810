#!/usr/bin/env bash
# Runs the sample backends of tests/projects and counts their SQL statements: costs against formulas, fixes against
# both; then applies each fix of tests/projects/parcels alone and checks the result with compilers and linters, extracts
# Protocols that type checkers must accept, and runs the queries of loads/ before and after their fixes.
# Compares sequence diagrams with recorded runs of each endpoint.
# Checks with formatters and import sorters that fixes keep formatted code formatted. Last, makes edits of all kinds on
# the samples, and checks that everything that worked still works. Designs slices in projects of six styles, and runs
# their tests.
# Usage: tests/proof/run.sh [<architrave binary>] [<sample>...]; the binary defaults to target/release/architrave.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
architrave=${1:-${CARGO_TARGET_DIR:-$root/target}/release/architrave}
shift || true

# shellcheck source=tests/proof/environment.sh
. "$here/environment.sh"
"$venv/bin/python" "$here/prove.py" "$architrave" "$@"
if [ $# -eq 0 ]; then
    "$venv/bin/python" "$here/actions.py" "$architrave" "$root/tests/projects/parcels" --rule all
    "$venv/bin/python" "$here/protocols.py" "$architrave"
    "$venv/bin/python" "$here/sequences.py" "$architrave"
    "$venv/bin/python" "$here/loads.py" "$architrave"
    "$venv/bin/python" "$here/designs.py" "$architrave"
    "$venv/bin/python" "$here/style.py" "$architrave"
    "$venv/bin/python" -m unittest --quiet test_harness
    "$venv/bin/python" "$here/harness.py" "$architrave" "$here/samples.toml" --limit 1
    "$venv/bin/python" "$here/graphs.py" "$(realpath "$architrave")" --graphs 120 --seed 1
fi
