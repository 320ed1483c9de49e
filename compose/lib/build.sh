# shellcheck shell=bash
# The release build, and the copy of it that runs: building again never changes a running program under its feet.

EXECUTABLES="redress redress-intake redress-routing redress-department redress-callback redress-reporting
    redress-operations"

require_swift() {
    local version
    has swift || fail "there is no Swift toolchain on the PATH" \
        "Install Swift 6.2 or later from https://www.swift.org/install/linux/ and try again."
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
    [ "$(printf '6.2\n%s\n' "$version" | sort -V | head -n 1)" = 6.2 ] ||
        fail "Swift $version is too old; 6.2 or later is needed" "See https://www.swift.org/install/linux/"
}

# What the build is made from; a build of the same is not repeated.
sources_hash() {
    contents_hash "$REPOSITORY/Package.swift" "$REPOSITORY/Package.resolved" "$REPOSITORY/Shared" "$REPOSITORY/Services"
    swift --version 2>/dev/null | sha256sum | cut -c1-16
}

is_built() { [ -f "$BUILT/build.stamp" ] && [ "$(sources_hash)" = "$(cat "$BUILT/build.stamp")" ] && is_complete; }

is_complete() {
    local executable
    for executable in $EXECUTABLES; do [ -x "$BIN/$executable" ] || return 1; done
}

# Builds in release mode and copies what changed to .redress/bin.
build_release() {
    if is_built; then
        say "the sources have not changed"
        return
    fi
    rm -f "$BUILT/build.stamp"
    say "this takes several minutes the first time"
    (cd "$REPOSITORY" && swift build -c release)
    install_build "$(cd "$REPOSITORY" && swift build -c release --show-bin-path)"
    sources_hash >"$BUILT/build.stamp"
}

# Copies executables and their resources; a file is replaced by a rename, so a running program keeps its own.
install_build() {
    local from=$1 name bundle
    mkdir -p "$BIN"
    for name in $EXECUTABLES; do
        [ -x "$from/$name" ] || fail "the build made no $name in $from"
        cmp -s "$from/$name" "$BIN/$name" || { cp "$from/$name" "$BIN/.$name" && mv -f "$BIN/.$name" "$BIN/$name"; }
    done
    for bundle in "$from"/*.resources; do
        [ -d "$bundle" ] || continue
        name=$(basename "$bundle")
        rm -rf "$BIN/.$name"
        cp -r "$bundle" "$BIN/.$name"
        rm -rf "${BIN:?}/$name"
        mv "$BIN/.$name" "$BIN/$name"
    done
}
