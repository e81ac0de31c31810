#!/usr/bin/env bash
# Edits ten packages of the index that bring their own tests, and looks whether what held still holds: `check --fix` as a
# whole, fixes by themselves, refactorings, random moves. Takes an hour or two, and 3 GB in the cache.
# Before that a thousand kills while files are written.
# Usage: tests/proof/nightly.sh [<architrave binary>] [<option of harness.py>...]; the binary defaults to
# target/release/architrave. What broke is written with its diff to tests/proof/.projects/report.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
architrave=${1:-${CARGO_TARGET_DIR:-$root/target}/release/architrave}
shift || true

# shellcheck source=tests/proof/environment.sh
. "$here/environment.sh"
# Other moves each night; the seed is printed, to do the same again.
seed=$(date +%Y%m%d)
echo "seed $seed"
python3 "$here/kills.py" "$architrave" --kills 1000 --full 0 --saves 60 --pairs 60
"$venv/bin/python" "$here/harness.py" "$architrave" "$here/nightly.toml" \
    --seed "$seed" --limit 30 --report "$here/.projects/report" "$@"
