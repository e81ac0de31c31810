#!/usr/bin/env bash
# Runs the sample backends of tests/projects and counts their SQL statements: costs against formulas, fixes against both;
# then takes each fix of tests/projects/parcels alone and looks at what compilers and linters say, and extracts Protocols that type
# checkers must accept, and runs the queries of loads/ before and after their fixes.
# Sequence diagrams are held to recorded runs of each endpoint.
# Formatters and import sorters judge what fixes make of formatted code. Last, edits of all kinds are made on the samples, and what
# held before must hold after them. Slices are designed in projects of six styles, and their tests run.
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
