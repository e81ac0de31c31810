#!/usr/bin/env bash
# Draws the sample backends and each of their routes in every format and checks the pictures with the real parsers
# (Mermaid as code hosts have it, D2, Graphviz), the entity diagrams against what SQLAlchemy, SQLModel and Django
# themselves report about the same models, and component diagrams against CPython's parser on the same files. Chromium
# holds SVG to its frame, and clicks through the page of components.
# tests/reports/pictures.sh PROGRAM
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$(realpath "$1")
cache=$here/.cache/pictures
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

mkdir -p "$cache"
if [ ! -d "$cache/node_modules/playwright-core" ]; then
    (cd "$cache" && echo '{"private": true}' >package.json &&
        npm install --silent --no-audit --no-fund 'mermaid@11.17.2' 'mermaid12@npm:mermaid@12.3.0' '@terrastruct/d2@0.1.33' 'jsdom@27.0.0' 'playwright-core@1.65.1')
fi
if [ ! -x "$cache/venv/bin/python" ]; then
    python3 -m venv "$cache/venv"
    "$cache/venv/bin/pip" install --quiet --disable-pip-version-check 'sqlalchemy==2.0.44' 'sqlmodel==0.0.27' 'django==5.2.8' 'djangorestframework==3.16.1'
fi
command -v dot >/dev/null || {
    as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -qq --no-install-recommends -y graphviz >/dev/null
}

failed=0
# Arrows between components against CPython's own parser.
"$cache/venv/bin/python" "$here/imports.py" "$program" "$here"/../projects/*/ || failed=1
# draw NAME ENDING ARGUMENT...: a diagram that can't be drawn is a failure.
draw() { "$program" diagram "${@:3}" --output-format "$(format "$2")" >"$out/$1.$2" || failed=1; }
format() { case $1 in mmd) echo mermaid ;; *) echo "$1" ;; esac; }
for folder in "$here"/../projects/*/ "$here"/entities/*/; do
    name=$(basename "$folder")
    for format in mermaid:mmd dot:dot d2:d2 svg:svg; do
        "$program" diagram component "$folder" --output-format "${format%%:*}" >"$out/component-$name.${format#*:}"
        # 2: a sample without tables, or without packages of several parts.
        "$program" diagram er "$folder" --output-format "${format%%:*}" >"$out/er-$name.${format#*:}" 2>/dev/null || {
            [ $? -eq 2 ] && rm "$out/er-$name.${format#*:}"
        }
        "$program" deps "$folder" --output-format "${format%%:*}" >"$out/deps-$name.${format#*:}" 2>/dev/null || {
            [ $? -eq 2 ] && rm "$out/deps-$name.${format#*:}"
        }
    done
    at=0
    while IFS= read -r route; do
        at=$((at + 1))
        for ending in mmd d2 svg; do draw "sequence-$name-$at" "$ending" sequence "$route" "$folder"; done
        for ending in mmd dot d2 svg; do draw "data-flow-$name-$at" "$ending" data-flow "$route" "$folder"; done
    done < <("$program" routes "$folder" --output-format json |
        python3 -c 'import json, sys; [print(it["method"] or "", it["path"]) for it in json.load(sys.stdin)["routes"]]')
done
for ending in mmd dot d2 svg; do draw deployment "$ending" deployment "$here/deployment"; done
for picture in "$out"/*.dot; do
    # Old versions warn and go on: a warning is a failure.
    said=$(dot -Tsvg "$picture" -o /dev/null 2>&1) || failed=1
    [ -z "$said" ] || { echo "$(basename "$picture"): $said"; failed=1; }
done
node "$here/pictures.mjs" "$cache" "$out" || failed=1
# A backend whose baseline accepts what was there, and one violation since.
cp -r "$here/../projects/parcels" "$out/since"
(cd "$out/since" && "$program" baseline >/dev/null)
sed -i '1i import parcels.infrastructure.database' "$out/since/parcels/domain/parcel.py"
"$program" diagram component "$out/since" --format html --editor-links --output "$out/page.html" || failed=1
CHROMIUM=$(command -v chromium) node "$here/page.mjs" "$cache" "$out" "$out/page.html" || failed=1
rm -r "$out/since"

python=$cache/venv/bin/python
export PYTHONDONTWRITEBYTECODE=1
models() { "$python" "$here/tables.py" "$program" "$(realpath "$1")" "$2" "$3" || failed=1; }
models "$here/../projects/orders-sqlalchemy" sqlalchemy shop.models
models "$here/../projects/orders-async" sqlalchemy shop.models
models "$here/../projects/orders-sqlmodel" sqlmodel app.models
models "$here/../projects/orders-django" django config.settings
models "$here/entities/alchemy" sqlalchemy ledger.models
models "$here/entities/django" django ledger
# The summary that every kind of test prints.
drawn=$(find "$out" -type f | wc -l)
if [ $failed -eq 0 ]; then echo "test result: ok. $drawn pictures, 0 refused"; else echo "test result: FAILED. $drawn pictures"; fi
exit $failed
