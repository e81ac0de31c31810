#!/usr/bin/env bash
# Emacs in batch mode with eglot, set up as editors/emacs describes. Arguments are major versions (28 30); without any,
# both are tested: Debian's own with its eglot package, and that of a newer release in a separate root file system.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/session.sh"

command -v emacs >/dev/null || fail "emacs is not on PATH"
newer
[ $# -gt 0 ] || set -- 28 30

# Makes the programs of another release run as if installed: what a session needs is copied there and back.
inside() {
    local work=${HOME%/home} folder=$cache/forky
    mkdir -p "$folder$(dirname "$work")" "$folder$here" "$folder$(dirname "$ARCHITRAVE")"
    # Programs open it to read nothing.
    [ -e "$folder/dev/null" ] || : >"$folder/dev/null"
    cp -R "$work" "$folder$(dirname "$work")"
    cp -R "$here/recorder" "$here/emacs" "$folder$here"
    cp "$ARCHITRAVE" "$folder$ARCHITRAVE"
    local as_root=() code=0
    [ "$(id -u)" -eq 0 ] || as_root=(unshare --map-root-user)
    SEEN=${SEEN:+$work/seen} timeout 300 "${as_root[@]}" chroot "$folder" "$@" || code=$?
    cp -R "$folder$work/." "$work"
    [ ! -f "$work/seen" ] || cat "$work/seen" >>"$SEEN"
    rm -rf "${folder:?}/$sessions" "${folder:?}$ARCHITRAVE" "${folder:?}$here"
    return "$code"
}

run() { # VERSION SCRIPT
    local arguments=(--batch --eval '(package-initialize)' -l "$HOME/.emacs.d/init.el" -l "$here/emacs/$2")
    case $1 in
        28) timeout 300 emacs "${arguments[@]}" ;;
        30) inside emacs-nox "${arguments[@]}" ;;
    esac </dev/null
}

set_up() {
    mkdir "$HOME/.emacs.d"
    block emacs/README.md Eglot elisp >"$HOME/.emacs.d/init.el"
    # Emacs 28 accepts only a repository as a project.
    git init -q "$SAMPLE"
}

for version in "$@"; do
    [[ $version =~ ^(28|30)$ ]] || fail "there is no Emacs $version"
    probe
    set_up
    run "$version" probe.el >"$sessions/probe.log" 2>&1 || { tail -n 20 "$sessions/probe.log" >&2; fail "Emacs $version ended"; }
    compare emacs "$version"

    session
    set_up
    if ! run "$version" session.el >"$sessions/session.log" 2>&1; then
        tail -n 40 "$sessions/session.log" >&2
        show_log
        fail "the session in Emacs $version failed"
    fi
    grep -E '^(ok|test result)' "$sessions/session.log"
done
