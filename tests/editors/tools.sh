# Finds or downloads the editors that the tests drive; sourced. Downloads are kept in $cache.
#
# Debian's stable release has one version of each editor. Other versions come from its other releases: their packages
# are unpacked into a separate folder, and run from there by the loader they were built for. apt checks signatures as
# always; nothing is installed.

cache=$root/tests/editors/.cache

# The mirror that this machine's apt uses.
mirror() {
    apt-get indextargets --format '$(SITE) $(RELEASE)' 'Created-By: Packages' 2>/dev/null |
        awk '$2 !~ /security|updates|backports/ && $1 ~ /debian\/?$/ { print $1; exit }'
}

# release NAME PACKAGE...: unpacks packages of a Debian release into $cache/NAME.
release() {
    local name=$1 folder=$cache/$1 option value
    shift
    [ "$(cat "$folder.packages" 2>/dev/null)" != "$*" ] || return 0
    rm -rf "$folder" "$folder.packages"
    mkdir -p "$cache"
    local options=(--aptopt='APT::Install-Recommends "0"')
    # A mirror that this machine's apt accepts is accepted here too.
    for option in Acquire::Check-Valid-Until Acquire::Check-Date; do
        value=
        eval "$(apt-config shell value "$option")"
        [ -z "$value" ] || options+=(--aptopt="$option \"$value\"")
    done
    mmdebstrap --quiet --variant=extract "${options[@]}" --include="$(echo "base-files $*" | tr ' ' ,)" \
        "$name" "$folder" "$(mirror)" || fail "the packages of Debian $name could not be had"
    echo "$*" >"$folder.packages"
}

# from_release NAME PROGRAM PATH VARIABLE=VALUE [ARGUMENT...]: writes a starter for a program of a release into
# $cache/NAME.bin. `@` stands for the folder of the release.
from_release() {
    local folder=$cache/$1 starter=$cache/$1.bin/$2 path=$3
    shift 3
    local words=("${@//@/$folder}")
    mkdir -p "$(dirname "$starter")"
    {
        echo '#!/bin/sh'
        echo "export '${words[0]}'"
        printf 'exec %q --library-path %q %q' "$folder/lib64/ld-linux-x86-64.so.2" \
            "$folder/usr/lib/x86_64-linux-gnu" "$folder$path"
        [ ${#words[@]} -eq 1 ] || printf ' %q' "${words[@]:1}"
        echo ' "$@"'
    } >"$starter"
    chmod +x "$starter"
}

# The editors of newer releases: $cache/trixie.bin/nvim, $cache/forky.bin/nvim, $cache/forky.bin/hx, and the root file
# system $cache/forky for Emacs.
newer() {
    local each
    release trixie neovim
    release forky neovim hx emacs-nox python3 dash
    # Parsers are in a folder that Neovim looks up by its own path.
    for each in trixie forky; do
        from_release "$each" nvim /usr/bin/nvim VIMRUNTIME=@/usr/share/nvim/runtime --cmd 'set runtimepath+=@/usr/lib/nvim'
    done
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

# kak-lsp, which no Debian release has: $cache/kak-lsp/bin/kak-lsp. Compiled without optimization: a third of the time.
kak_lsp() {
    local version=22.0.0
    [ "$("$cache/kak-lsp/bin/kak-lsp" --version 2>/dev/null)" != "$version" ] || return 0
    rm -rf "$cache/kak-lsp"
    CARGO_TARGET_DIR=$cache/kak-lsp/build CARGO_PROFILE_DEV_DEBUG=0 cargo install --quiet --debug --locked \
        --root "$cache/kak-lsp" "kak-lsp@$version"
    rm -rf "$cache/kak-lsp/build"
}
