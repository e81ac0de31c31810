#!/usr/bin/env bash
# Vim in a terminal with ALE, set up as editors/vim describes.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/session.sh"

command -v vim >/dev/null || fail "vim is not on PATH"
screens
version=$(minor "$(vim --version | head -n 1)")

set_up() {
    local filetype
    for filetype in python toml; do
        mkdir -p "$HOME/.vim/ale_linters/$filetype"
        block vim/README.md ALE vim 1 >"$HOME/.vim/ale_linters/$filetype/architrave.vim"
    done
    block vim/README.md ALE vim 2 >"$HOME/.vimrc"
}

probe
set_up
"$cache/screen/bin/python" "$here/wait.py" "$SAMPLE" vim "$SAMPLE/shop/domain/order.py"
compare vim-ale "$version"

session
set_up
if ! "$cache/screen/bin/python" "$here/vim.py" "$version"; then
    show_log
    fail "the session in Vim failed"
fi
