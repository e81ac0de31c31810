#!/usr/bin/env bash
# All editors but VS Code: installs what they need, runs their sessions, and appends the verified features to the file
# $SEEN. Arguments are names of editors; without any, all are run.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ $# -gt 0 ] || set -- nvim emacs helix vim kakoune

# program:package
needed=(nvim:neovim emacs:emacs-nox vim:vim-nox kak:kakoune mmdebstrap:mmdebstrap git:git)
missing=()
for each in "${needed[@]}"; do
    command -v "${each%%:*}" >/dev/null || missing+=("${each#*:}")
done
for package in elpa-eglot vim-ale; do
    dpkg-query --show --showformat '${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed$' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -qq --no-install-recommends -y "${missing[@]}" >/dev/null
fi

for editor in "$@"; do
    "$here/$editor.sh"
done
