#!/usr/bin/env bash
# Edits ten packages of the index that have their own tests, and checks that everything that worked still works:
# `check --fix` as a whole, fixes by themselves, refactorings, random moves. Takes an hour or two, and 3 GB in the
# cache. Before that, a thousand kills while files are written.
# Usage: tests/proof/nightly.sh [<architrave binary>] [<option of harness.py>...]; the binary defaults to
# target/release/architrave. Breakages are written with their diffs to tests/proof/.projects/report.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
architrave=${1:-${CARGO_TARGET_DIR:-$root/target}/release/architrave}
shift || true

# shellcheck source=tests/proof/environment.sh
. "$here/environment.sh"
# Different moves each night; the seed is printed, to reproduce a run.
seed=$(date +%Y%m%d)
echo "seed $seed"
python3 "$here/kills.py" "$architrave" --kills 1000 --full 0 --saves 60 --pairs 60
"$venv/bin/python" "$here/harness.py" "$architrave" "$here/nightly.toml" \
    --seed "$seed" --limit 30 --report "$here/.projects/report" "$@"
