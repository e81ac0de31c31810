# Finds or gets the editors that the tests drive; sourced. What is got lies in $cache, and stays there.
#
# Debian's stable release brings one version of an editor. Other versions come from its neighbours: their packages are
# taken apart into a folder of their own, and run from there by the loader they were built for. apt checks signatures as
# always; nothing is installed.

cache=$root/tests/editors/.cache

# The mirror that this machine's apt uses.
mirror() {
    apt-get indextargets --format '$(SITE) $(RELEASE)' 'Created-By: Packages' 2>/dev/null |
        awk '$2 !~ /security|updates|backports/ && $1 ~ /debian\/?$/ { print $1; exit }'
}

# release NAME PACKAGE...: takes the packages of a Debian release apart into $cache/NAME.
release() {
    local name=$1 folder=$cache/$1 option value
    shift
    [ "$(cat "$folder.packages" 2>/dev/null)" != "$*" ] || return 0
    rm -rf "$folder" "$folder.packages"
    mkdir -p "$cache"
    local options=(--aptopt='APT::Install-Recommends "0"')
    # What this machine's apt doesn't mind of a mirror is not minded here either.
    for option in Acquire::Check-Valid-Until Acquire::Check-Date; do
        value=
        eval "$(apt-config shell value "$option")"
        [ -z "$value" ] || options+=(--aptopt="$option \"$value\"")
    done
    mmdebstrap --quiet --variant=extract "${options[@]}" --include="$(echo "base-files $*" | tr ' ' ,)" \
        "$name" "$folder" "$(mirror)" || fail "the packages of Debian $name could not be had"
    echo "$*" >"$folder.packages"
}

# from_release NAME PROGRAM PATH [VARIABLE=VALUE...]: writes a starter for a program of a release into $cache/NAME.bin.
# In values `@` stands for the folder of the release.
from_release() {
    local folder=$cache/$1 starter=$cache/$1.bin/$2 path=$3
    shift 3
    mkdir -p "$(dirname "$starter")"
    {
        echo '#!/bin/sh'
        [ $# -eq 0 ] || printf 'export %s\n' "${@//@/$folder}"
        echo "exec '$folder/lib64/ld-linux-x86-64.so.2' --library-path '$folder/usr/lib/x86_64-linux-gnu' '$folder$path' \"\$@\""
    } >"$starter"
    chmod +x "$starter"
}

# The editors of newer releases: $cache/trixie.bin/nvim, $cache/forky.bin/nvim, $cache/forky.bin/hx, and the root file
# system $cache/forky for Emacs.
newer() {
    release trixie neovim
    release forky neovim hx emacs-nox python3 dash
    from_release trixie nvim /usr/bin/nvim VIMRUNTIME=@/usr/share/nvim/runtime
    from_release forky nvim /usr/bin/nvim VIMRUNTIME=@/usr/share/nvim/runtime
    from_release forky hx /usr/lib/hx/hx HELIX_RUNTIME=@/usr/lib/hx/runtime
}

# A Python that can drive an editor in a terminal: $cache/screen/bin/python.
screens() {
    local wanted="pexpect==4.9.0 pyte==0.8.2"
    [ "$(cat "$cache/screen/wanted" 2>/dev/null)" != "$wanted" ] || return 0
    rm -rf "$cache/screen"
    python3 -m venv "$cache/screen"
    # shellcheck disable=SC2086
    "$cache/screen/bin/pip" install --quiet --disable-pip-version-check $wanted
    echo "$wanted" >"$cache/screen/wanted"
}
