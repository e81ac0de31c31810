#!/usr/bin/env bash
# Writes each report of `architrave check` for the sample backends (or the folders given) and checks it against the
# documentation of its consumers; SARIF against its schema, which comes with a package of its authors and is not in this
# repository.
# tests/reports/run.sh PROGRAM [FOLDER]...
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$(realpath "$1")
shift
[ $# -gt 0 ] || set -- "$here"/../projects/*/
cache=$here/.cache
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

if [ ! -x "$cache/venv/bin/python" ] || [ ! -f "$cache/package/lib/schemas/sarif-2.1.0-rtm.5.json" ]; then
    mkdir -p "$cache"
    python3 -m venv "$cache/venv"
    "$cache/venv/bin/pip" install --quiet --disable-pip-version-check 'jsonschema==4.26.0'
    (cd "$cache" && npm pack --silent '@microsoft/jest-sarif@1.0.0-beta.0' >/dev/null && tar xzf microsoft-jest-sarif-*.tgz)
fi

for folder in "$@"; do
    for format in json sarif gitlab junit github; do
        # All levels, since JSON and SARIF always include all. 1: there are findings.
        "$program" check --no-baseline --level hint --output-format "$format" "$folder" >"$out/$(basename "$folder").$format" || [ $? -eq 1 ]
    done
done
"$cache/venv/bin/python" "$here/validate.py" "$cache/package/lib/schemas/sarif-2.1.0-rtm.5.json" "$out"
