# Set-up for a test of one editor; sourced, after `here` and `root` are set.
#
# Each session has a separate folder, with an empty HOME and a copy of the sample. The editor's configuration comes from
# its page in editors/, and the pages say `architrave`: a starter of that name comes first on PATH.

. "$here/tools.sh"

export ARCHITRAVE=${ARCHITRAVE:-${CARGO_TARGET_DIR:-$root/target}/release/architrave}

fail() { echo "$(basename "$0"): $*" >&2; exit 1; }
[ -x "$ARCHITRAVE" ] || fail "no server at $ARCHITRAVE; build it with cargo build --release"

# Kills what a session left behind (kak-lsp outlives its editor): the processes whose HOME is one of ours.
clean_up() {
    local process
    for process in /proc/[0-9]*; do
        if [ "$process" != "/proc/$$" ] && grep -qz "^HOME=$sessions/" "$process/environ" 2>/dev/null; then
            kill "${process#/proc/}" 2>/dev/null || true
        fi
    done
    # A process that is exiting may still write.
    rm -rf "$sessions" 2>/dev/null || { sleep 1 && rm -rf "$sessions"; }
}

sessions=$(mktemp -d)
trap clean_up EXIT
plain_path=$PATH
mkdir "$sessions/seen"

# A new empty HOME, a new copy of the sample in $SAMPLE, and `architrave` on PATH: the server behind the recorder, or
# the command given as arguments.
session() {
    local work
    work=$(mktemp -d -p "$sessions")
    export HOME=$work/home SAMPLE=$work/sample LOG=$work/log.jsonl SNAPSHOT=$work/snapshot.jsonl
    unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME VIRTUAL_ENV
    mkdir "$HOME" "$work/bin"
    cp -R "$here/sample" "$SAMPLE"
    local command=("$@")
    [ $# -gt 0 ] || command=(python3 "$here/recorder/record.py" "$LOG" "$ARCHITRAVE")
    {
        echo '#!/bin/sh'
        # The version can be requested without a session.
        printf '[ "$1" = server ] || exec %q "$@"\n' "$ARCHITRAVE"
        printf 'exec'
        printf ' %q' "${command[@]}"
        echo ' "$@"'
    } >"$work/bin/architrave"
    chmod +x "$work/bin/architrave"
    export PATH=$work/bin:$plain_path
}

# The session of a client under the probe.
probe() {
    session python3 "$here/recorder/probe.py"
}

# compare CLIENT VERSION: the client's answers, against the recorded ones. UPDATE=1 records the new answers.
compare() {
    local recorded=$here/recorded/$1-$2.jsonl
    [ -f "$SNAPSHOT" ] || fail "$1 $2 left before all was asked"
    if [ -n "${UPDATE:-}" ]; then
        cp "$SNAPSHOT" "$recorded"
    fi
    if [ ! -f "$recorded" ]; then
        # Debian testing changes over time: a version that behaves like the one before is no reason to fail.
        recorded=$(find "$here/recorded" -name "$1-*.jsonl" | sort -V | tail -n 1)
        [ -n "$recorded" ] || fail "no recording of $1; look at what it does and keep it with UPDATE=1"
        echo "note: there is no recording of $1 $2 yet, it is held to $(basename "$recorded")"
    fi
    if ! diff -U 3 <(python3 -m json.tool --json-lines "$recorded") <(python3 -m json.tool --json-lines "$SNAPSHOT") >&2; then
        fail "$1 $2 does something else than $recorded says; if that is right, take it over with UPDATE=1"
    fi
    echo "ok: $1 $2 does what was recorded"
}

# The end of the session's log, for a failed test.
show_log() {
    [ -f "$LOG" ] || return 0
    echo "the last messages:" >&2
    tail -n 25 "$LOG" | cut -c 1-600 >&2
}

# The first two parts of a version.
minor() {
    echo "$1" | grep -oE '[0-9]+\.[0-9]+' | head -n 1
}

# block PAGE HEADING LANGUAGE [NUMBER]: the block that a page in editors/ instructs its reader to write.
block() {
    python3 "$here/readme.py" "$root/editors/$1" "${@:2}"
}
