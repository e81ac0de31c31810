#!/usr/bin/env bash
# VS Code's workbench and extension host (code-server) in a headless Chromium, with the packaged extension and the real
# server: squiggles, Problems, a quick fix, typing, and the page of debug information.
#
# Needs on PATH: Node 22 or newer with npm, Chromium. Needs the server in $ARCHITRAVE or target/release, and the
# extension in $VSIX or editors/vscode/architrave.vsix. What npm brings stays in .cache beside this file.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
export ARCHITRAVE=${ARCHITRAVE:-${CARGO_TARGET_DIR:-$root/target}/release/architrave}
VSIX=${VSIX:-$root/editors/vscode/architrave.vsix}
CODE_SERVER=4.139.1
PLAYWRIGHT=1.65.1

fail() { echo "vscode.sh: $*" >&2; exit 1; }
for tool in node npm chromium setsid; do
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
    # Without install scripts nothing is compiled; what is lost is the terminal, which nobody needs here.
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
server=
cleanup() {
    # The whole group: code-server has children, and `node` may be a script that starts it.
    [ -z "$server" ] || kill -- "-$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

cp -R "$here/sample" "$work/sample"
mkdir -p "$work/data/User" "$work/extensions" "$work/home"
# The editor writes a configuration of its own below HOME.
export HOME=$work/home XDG_CONFIG_HOME=$work/home XDG_DATA_HOME=$work/home XDG_CACHE_HOME=$work/home
cat >"$work/data/User/settings.json" <<'JSON'
{
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "chat.disableAIFeatures": true,
  "files.autoSave": "off"
}
JSON

entry=$EDITOR_CACHE/node_modules/code-server/out/node/entry.js
folders=(--user-data-dir "$work/data" --extensions-dir "$work/extensions" --config "$work/home/code-server.yaml")
node "$entry" "${folders[@]}" --install-extension "$VSIX" --force >"$work/install.log" 2>&1 || {
    cat "$work/install.log" >&2
    fail "the extension could not be installed"
}
# The server comes with the extension here. Nothing may rest on settings or PATH: now and then the workbench starts with
# default settings, and its extension host has the PATH of a login shell.
bin=$(echo "$work"/extensions/architrave.architrave-*)/bin
mkdir -p "$bin"
cp "$ARCHITRAVE" "$bin/architrave"

port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
EXTENSIONS_GALLERY='{"serviceUrl":""}' setsid node "$entry" "${folders[@]}" --bind-addr "127.0.0.1:$port" --auth none \
    --disable-telemetry --disable-update-check --disable-workspace-trust --disable-getting-started-override \
    --reconnection-grace-time 20 >"$work/server.log" 2>&1 &
server=$!

if ! SAMPLE=$work/sample PORT=$port WORK=$work SERVER=$bin/architrave node "$here/vscode/drive.mjs"; then
    tail -n 20 "$work/server.log" >&2
    find "$work/data/logs" -path '*exthost*' -name '*rchitrave*.log' -exec tail -n 60 {} + >&2 || true
    mkdir -p "$here/.cache"
    cp "$work"/*.png "$here/.cache/" 2>/dev/null || true
    fail "the test in VS Code failed"
fi
