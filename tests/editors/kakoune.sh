#!/usr/bin/env bash
# Kakoune in a terminal with kak-lsp, set up as editors/kakoune describes.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/session.sh"

command -v kak >/dev/null || fail "kak is not on PATH"
screens
kak_lsp
version=$(dpkg-query --show --showformat '${Version}' kakoune 2>/dev/null | cut -d. -f1,2)
version="${version:-of this machine} with kak-lsp $("$cache/kak-lsp/bin/kak-lsp" --version | cut -d. -f1)"

set_up() {
    mkdir -p "$HOME/.config/kak"
    block kakoune/README.md "Set up" kak >"$HOME/.config/kak/kakrc"
    export PATH=$cache/kak-lsp/bin:$PATH
}

# kak-lsp survives when its session is killed: it is stopped by its own command.
drive() {
    export XDG_RUNTIME_DIR=$HOME/run
    mkdir -m 700 "$XDG_RUNTIME_DIR"
    "$cache/screen/bin/python" "$@"
}

probe
set_up
drive "$here/wait.py" "$SAMPLE" kak "$SAMPLE/shop/domain/order.py"
compare kak-lsp "$("$cache/kak-lsp/bin/kak-lsp" --version | cut -d. -f1)"

session
set_up
if ! drive "$here/kakoune.py" "$version"; then
    show_log
    fail "the session in Kakoune failed"
fi
