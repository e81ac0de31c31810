#!/usr/bin/env bash
# Neovim, headless, with the plugin of editors/nvim installed as its page describes and the real server. Arguments are
# versions (0.7 0.10 0.12); without any, all are tested. The first is Debian's own `nvim`; the others come from newer
# releases.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/session.sh"

command -v nvim >/dev/null || fail "nvim is not on PATH"
newer

declare -A programs=([0.7]=$(command -v nvim) [0.10]=$cache/trixie.bin/nvim [0.12]=$cache/forky.bin/nvim)
[ $# -gt 0 ] || set -- 0.7 0.10 0.12

# The help index is kept in the repository, so that a link to the folder is enough.
mkdir "$sessions/doc"
cp "$root/editors/nvim/doc/architrave.txt" "$sessions/doc"
nvim --headless -u NONE -i NONE -c "helptags $sessions/doc" -c quit </dev/null
diff "$root/editors/nvim/doc/tags" "$sessions/doc/tags" || fail "doc/tags is old; write it with :helptags"

install_plugin() {
    block nvim/README.md Install sh >"$HOME/install.sh"
    (cd "$root" && sh -e "$HOME/install.sh")
}

for version in "$@"; do
    nvim=${programs[$version]:-}
    [ -x "$nvim" ] || fail "there is no Neovim $version"
    "$nvim" --version | head -n 1
    found=$(minor "$("$nvim" --version | head -n 1)")
    # The last of them comes from Debian testing, which changes over time.
    if [ "$version" = 0.12 ]; then
        [ "$(printf '%s\n' "$version" "$found" | sort -V | head -n 1)" = "$version" ] || fail "$nvim is older than $version"
    else
        [ "$found" = "$version" ] || fail "$nvim is another version than $version"
    fi

    probe
    install_plugin
    # Each wait in the scripts has a timeout; this one is for an editor that doesn't start at all.
    timeout 120 "$nvim" --headless -i NONE "$SAMPLE/shop/domain/order.py" -c "luafile $here/nvim/wait.lua" </dev/null
    compare nvim "$found"

    session
    install_plugin
    if ! timeout 300 "$nvim" --headless -i NONE "$SAMPLE/shop/services/carts.py" -c "luafile $here/nvim/session.lua" </dev/null; then
        show_log
        find "$HOME" -name 'lsp.log' -exec tail -n 40 {} + >&2
        fail "the session in Neovim $version failed"
    fi
    # The server's ordinary messages don't belong in the editor's log.
    if find "$HOME" -name 'lsp.log' -exec cat {} + | grep -E '"stderr"|INFO' | head -n 5 | grep . >&2; then
        fail "the server writes into the log of Neovim $version"
    fi
done
