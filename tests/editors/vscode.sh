#!/usr/bin/env bash
# VS Code's workbench and extension host (code-server) in a headless Chromium, with the packaged extension and the real
# server. Arguments name the subjects to run (files in vscode/subjects); without any, all are.
#
# Needs on PATH: Node 22 or newer with npm, Chromium. Needs the server in $ARCHITRAVE or target/release, and the
# extension in $VSIX or editors/vscode/architrave.vsix. npm's downloads are kept in .cache next to this file. Verified
# features are appended to the file $SEEN, one JSON object per line; pictures for the documentation go into the folder
# $SHOTS.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
export ARCHITRAVE=${ARCHITRAVE:-${CARGO_TARGET_DIR:-$root/target}/release/architrave}
VSIX=${VSIX:-$root/editors/vscode/architrave.vsix}
CODE_SERVER=4.139.1
PLAYWRIGHT=1.65.1

fail() { echo "vscode.sh: $*" >&2; exit 1; }
for tool in node npm chromium; do
    command -v "$tool" >/dev/null || fail "$tool is not on PATH"
done
CHROMIUM=$(command -v chromium)
export CHROMIUM
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 22 ] || fail "node $(node --version) is too old; 22 is needed"
[ -x "$ARCHITRAVE" ] || fail "no server at $ARCHITRAVE; build it with cargo build --release"
[ -f "$VSIX" ] || fail "no extension at $VSIX; package it with npm run package"

export EDITOR_CACHE=$here/.cache/vscode-$CODE_SERVER-$PLAYWRIGHT
if [ ! -f "$EDITOR_CACHE/complete" ]; then
    rm -rf "$EDITOR_CACHE"
    mkdir -p "$EDITOR_CACHE"
    # Without install scripts nothing is compiled; only the terminal is lost, which isn't needed here.
    npm=(npm install --ignore-scripts --no-audit --no-fund --loglevel=error)
    (
        cd "$EDITOR_CACHE"
        echo '{ "private": true }' >package.json
        "${npm[@]}" "code-server@$CODE_SERVER" "playwright-core@$PLAYWRIGHT"
        cd node_modules/code-server/lib/vscode
        "${npm[@]}" --omit=dev
        cd extensions
        "${npm[@]}" --omit=dev
    )
    touch "$EDITOR_CACHE/complete"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/home" "$work/extensions"
# The editor writes its own configuration below HOME.
export HOME=$work/home XDG_CONFIG_HOME=$work/home XDG_DATA_HOME=$work/home XDG_CACHE_HOME=$work/home
export WORK=$work EXTENSIONS=$work/extensions SAMPLE=$here/sample ORDERS=$root/tests/projects/orders-sqlalchemy
export PARCELS=$root/tests/projects/parcels
unset VIRTUAL_ENV CONDA_PREFIX ARCHITRAVE_SERVER

node "$EDITOR_CACHE/node_modules/code-server/out/node/entry.js" --user-data-dir "$work/install" \
    --extensions-dir "$EXTENSIONS" --config "$work/home/code-server.yaml" --install-extension "$VSIX" --force \
    >"$work/install.log" 2>&1 || {
    cat "$work/install.log" >&2
    fail "the extension could not be installed"
}
# The server comes with the extension here. No test may depend on settings or PATH: sometimes the workbench starts with
# default settings, and its extension host has the PATH of a login shell.
SERVER=$(echo "$EXTENSIONS"/architrave.architrave-*)/bin/architrave
export SERVER
if [ -e "$SERVER" ]; then
    [ -x "$SERVER" ] || fail "the packaged server lost its executable bit"
else
    mkdir -p "$(dirname "$SERVER")"
    cp "$ARCHITRAVE" "$SERVER"
fi

if ! node "$here/vscode/run.mjs" "$@"; then
    tail -n 20 "$work"/*/code-server.log >&2 || true
    find "$work" -path '*exthost*' -name '*rchitrave*.log' -exec tail -n 60 {} + >&2 || true
    cp "$work"/failed-*.png "$here/.cache/" 2>/dev/null || true
    fail "the test in VS Code failed; what the screen showed is in $here/.cache"
fi
