#!/usr/bin/env bash
# Installs the packages as users do: builds a source distribution, which has to have all that a static wheel is built
# from, installs the wheel into a fresh environment, runs it by uvx, and runs it where there is no C library at all. The
# files for pre-commit, GitHub and GitLab are checked against the tools that read them.
#
# Needs on PATH: cargo with rustup, python3 (with venv), git. Installs the rest: `musl-tools` and the target of Rust.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=$here/.cache
target=$(uname -m)-unknown-linux-musl
sample=$root/tests/projects/parcels
passed=0

fail() { echo "FAILED: $*" >&2; exit 1; }
ok() { passed=$((passed + 1)); echo "ok: $*"; }
# Runs a command that must report something in the sample: exit code 1 and a finding in its output.
finds() {
    local code=0 output
    output=$("$@" 2>&1) || code=$?
    [ "$code" -eq 1 ] && grep -q 'layer-violation' <<<"$output" || fail "$* ended with $code: $output"
}

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
command -v musl-gcc >/dev/null || {
    "${as_root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -qq --no-install-recommends -y musl-tools >/dev/null
}
rustup target list --installed | grep -qx "$target" || rustup --quiet target add "$target"
if ! cmp -s "$here/requirements.txt" "$cache/requirements.txt"; then
    rm -rf "$cache"
    python3 -m venv "$cache/venv"
    "$cache/venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
    cp "$here/requirements.txt" "$cache/requirements.txt"
fi
tools=$cache/venv/bin

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Files that other programs read.
schema() { "$tools/check-jsonschema" --quiet --builtin-schema "$@" || fail "${*: -1} is not what its reader expects"; }
schema vendor.github-workflows "$root"/.github/workflows/*.yml
schema vendor.github-actions "$root/.github/actions/check/action.yml"
schema vendor.gitlab-ci --data-transform gitlab-ci "$root/.gitlab/check.yml"
"$tools/pre-commit" validate-manifest "$root/.pre-commit-hooks.yaml"
"$tools/zizmor" --offline --quiet --config "$root/.github/zizmor.yml" "$root/.github" || fail "the workflows are not safe"
ok "workflows, action, template and hooks are what their readers expect"

# The version appears in five places, and must be the same.
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$root/Cargo.toml" | head -n 1)
for place in '.github/actions/check/action.yml:    default: @' '.gitlab/check.yml:  ARCHITRAVE_VERSION: "@"' \
    'editors/vscode/package.json:  "version": "@",'; do
    line=${place#*:}
    grep -qxF "${line//@/$version}" "$root/${place%%:*}" || fail "${place%%:*} doesn't name version $version"
done
ok "one version everywhere: $version"

# What a package index gets.
"$tools/maturin" sdist --manifest-path "$root/crates/architrave/Cargo.toml" --out "$work/dist" >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    fail "no source distribution could be made"
}
sdist=$work/dist/architrave-$version.tar.gz
[ -f "$sdist" ] || fail "no source distribution"
unpacked=$work/architrave-$version
tar -xzf "$sdist" -C "$work"
# FRESH=1 compiles the source distribution, which takes as long as the checkout did. Otherwise the checkout is built, and
# held to it below.
project=$root/crates/architrave
[ -z "${FRESH:-}" ] || project=$unpacked
(
    cd "$project"
    # As the tests are built: the speed of the program doesn't matter here, and then there is nothing left to compile.
    CARGO_TARGET_DIR=$root/target "$tools/maturin" build --locked --target "$target" \
        --compatibility manylinux2014 musllinux_1_1 --out "$work/dist"
) >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    fail "no wheel could be built"
}
wheel=$(echo "$work"/dist/*.whl)
[ -f "$wheel" ] || fail "no wheel"
ok "a wheel is built: $(basename "$wheel"), $(du -k "$wheel" | cut -f1) KB"
if [ -z "${FRESH:-}" ]; then
    "$tools/python" "$here/sources.py" "$root/target/$target/debug/architrave.d" "$root" "$unpacked" || fail "the source distribution is not what was built"
    (cd "$unpacked" && cargo metadata --quiet --locked --offline --format-version 1 >"$work/log") || fail "cargo can't read the source distribution"
fi
ok "the source distribution has all that it is built from"

"$tools/python" "$here/tags.py" "$wheel"
ok "pip takes it on Debian and on Alpine"

# A fresh environment, and nothing from the machine itself.
python3 -m venv "$work/fresh"
"$work/fresh/bin/pip" install --quiet --disable-pip-version-check --no-index "$wheel"
clean=(env -i "HOME=$work" "PATH=/usr/bin:/bin")
[ "$("${clean[@]}" "$work/fresh/bin/architrave" --version)" = "architrave $version" ] || fail "--version"
finds "${clean[@]}" "$work/fresh/bin/architrave" check "$sample"
finds "${clean[@]}" "$work/fresh/bin/python" -m architrave check "$sample"
ok "pip install brings architrave and python -m architrave"
"${clean[@]}" "$work/fresh/bin/python" "$here/serve.py" "$work/fresh/bin/architrave" "$sample"
ok "the installed server answers initialize and tells a finding"
for file in man/man1/architrave.1 man/man1/architrave-check.1 bash-completion/completions/architrave \
    zsh/site-functions/_architrave fish/vendor_completions.d/architrave.fish; do
    [ -s "$work/fresh/share/$file" ] || fail "share/$file is not installed"
done
ok "manual pages and completions come with it"
finds "${clean[@]}" "$tools/uvx" --quiet --offline --no-config --python "$(command -v python3)" --from "$wheel" architrave check "$sample"
ok "uvx runs it without installing"

# Only the program, the sample and an empty folder around them.
program=$work/fresh/bin/architrave
mkdir "$work/empty"
cp "$program" "$work/empty/architrave"
cp -R "$sample" "$work/empty/sample"
finds "${as_root[@]}" chroot "$work/empty" /architrave check /sample
ok "it runs where there is no C library, no shell and no Python"

# pre-commit, in a separate repository, with this checkout as the repository of hooks.
cp -R "$sample" "$work/repository"
git="git -c user.name=test -c user.email=test@example.org -c init.defaultBranch=main"
hooks=$work/hooks
mkdir "$hooks"
cp -R "$root"/.pre-commit "$root"/.pre-commit-hooks.yaml "$root"/Cargo.toml "$hooks"
for folder in "$hooks" "$work/repository"; do
    (cd "$folder" && $git init --quiet && $git add --all && $git commit --quiet --message "all")
done
(
    cd "$work/repository"
    export ARCHITRAVE=$program PRE_COMMIT_HOME=$work/pre-commit
    finds "$tools/pre-commit" try-repo "$hooks" architrave --all-files --verbose
)
ok "pre-commit runs the hook"

echo "test result: ok. $passed passed; 0 failed (packages)"
