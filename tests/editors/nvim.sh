#!/usr/bin/env bash
# Neovim, headless, with the plugin of editors/nvim and the real server: diagnostics come and go with what is typed, and
# a code action mends the file. Needs `nvim` on PATH and the server in $ARCHITRAVE or target/release.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
export ARCHITRAVE=${ARCHITRAVE:-${CARGO_TARGET_DIR:-$root/target}/release/architrave}

fail() { echo "nvim.sh: $*" >&2; exit 1; }
command -v nvim >/dev/null || fail "nvim is not on PATH"
[ -x "$ARCHITRAVE" ] || fail "no server at $ARCHITRAVE; build it with cargo build --release"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$here/sample" "$work/sample"
export XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache XDG_DATA_HOME=$work/data SAMPLE=$work/sample

nvim --version | head -n 1
# Each wait in the script has its end; this one is for an editor that doesn't come up at all.
if ! timeout 300 nvim --headless -u NONE -i NONE --cmd "set runtimepath^=$root/editors/nvim" \
    -c "luafile $here/nvim.lua" </dev/null; then
    find "$work" -name 'lsp.log' -exec tail -n 40 {} + >&2
    fail "the test in Neovim failed"
fi
