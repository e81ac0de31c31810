# For the scripts here: checks the binary in `$architrave`, and creates `$venv`, a virtual environment with the pinned
# packages of requirements.txt, once.
# shellcheck shell=bash

fail() { echo "${0##*/}: $*" >&2; exit 1; }
[ -x "$architrave" ] || fail "no binary at $architrave; build it with cargo build --release"
architrave=$(realpath "$architrave")

venv=$here/.venv
wanted=$(cat "$here/requirements.txt")
if [ "$(cat "$venv/installed" 2>/dev/null)" != "$wanted" ]; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$venv/installed"
fi

export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$here ARCHITRAVE_NO_CACHE=1
