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

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
# Runs a proof, prints what it said in one piece, and notes whether it failed.
prove() {
    local output code=0
    output=$(mktemp -p "$logs")
    "$python" "$@" >"$output" 2>&1 || code=$?
    {
        flock 9
        printf -- '--- %s (%d s)\n' "${*//$here\//}" "$SECONDS"
        cat "$output"
    } 9>"$logs/lock"
    [ "$code" -eq 0 ] || echo "$*" >>"$logs/failed"
}
# As many side by side as there are cores: most use one.
start() {
    while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n; done
    prove "$@" &
}

# The longest first.
start "$here/prove.py" "$architrave"
start "$here/loads.py" "$architrave"
start "$here/designs.py" "$architrave"
start "$here/harness.py" "$architrave" "$here/samples.toml" --limit 1
start "$here/actions.py" "$architrave" "$root/tests/projects/parcels" --rule all
start "$here/graphs.py" "$architrave" --graphs 120 --seed 1
start "$here/style.py" "$architrave"
start "$here/protocols.py" "$architrave"
start "$here/sequences.py" "$architrave"
start -m unittest --quiet test_harness
wait
if [ -e "$logs/failed" ]; then
    echo "FAILED: these proofs failed:" >&2
    cat "$logs/failed" >&2
    exit 1
fi
