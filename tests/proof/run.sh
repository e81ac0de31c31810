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
python=$venv/bin/python
if [ $# -gt 0 ]; then
    exec "$python" "$here/prove.py" "$architrave" "$@"
fi

# The longest first: as many run side by side as there are cores, and most use one core.
proofs=(
    "$here/prove.py $architrave"
    "$here/loads.py $architrave"
    "$here/designs.py $architrave"
    "$here/harness.py $architrave $here/samples.toml --limit 1"
    "$here/actions.py $architrave $root/tests/projects/parcels --rule all"
    "$here/graphs.py $architrave --graphs 120 --seed 1"
    "$here/style.py $architrave"
    "$here/protocols.py $architrave"
    "$here/sequences.py $architrave"
    "-m unittest --quiet test_harness"
)
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
export python logs here
# Prints what a proof said in one piece, and then how it ended.
prove() {
    local number=$1 code=0
    shift
    "$python" "$@" >"$logs/$number" 2>&1 || code=$?
    {
        flock 9
        printf -- "--- %s (%d s)\n" "${*//$here\//}" "$SECONDS"
        cat "$logs/$number"
    } 9>"$logs/lock"
    [ "$code" -eq 0 ] || echo "$*" >>"$logs/failed"
}
export -f prove
for number in "${!proofs[@]}"; do echo "$number ${proofs[$number]}"; done |
    xargs -P "$(nproc)" -L 1 bash -c 'prove "$@"' prove
if [ -e "$logs/failed" ]; then
    echo "FAILED: these proofs failed:" >&2
    cat "$logs/failed" >&2
    exit 1
fi
