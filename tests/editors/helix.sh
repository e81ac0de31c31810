#!/usr/bin/env bash
# Helix in a terminal, set up as editors/helix describes.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/session.sh"

newer
screens
helix=$cache/forky.bin/hx
version=$(minor "$("$helix" --version)")

set_up() {
    mkdir -p "$HOME/.config/helix"
    block helix/README.md "Set up" toml >"$HOME/.config/helix/languages.toml"
}

probe
set_up
"$cache/screen/bin/python" "$here/wait.py" "$SAMPLE" "$helix" "$SAMPLE/shop/domain/order.py"
compare helix "$version"

session
set_up
if ! "$cache/screen/bin/python" "$here/helix.py" "$helix" "$version"; then
    show_log
    fail "the session in Helix failed"
fi
