# shellcheck shell=bash
# shellcheck disable=SC2034  # read by the files that source this one
# What every script of this folder shares: where things are, and how they speak to the person who runs them.

REPOSITORY=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
COMPOSE=$REPOSITORY/compose
# What this system writes; a rehearsal has a folder of its own (UP_STATE).
STATE=$(realpath -m "${UP_STATE:-$REPOSITORY/.redress}")
# What was built, once for all systems.
BUILT=$REPOSITORY/.redress
BIN=$BUILT/bin

# One line for each step, so that a long run shows where it is.
step() { printf '==> %s\n' "$*"; }

# A detail of the step.
say() { printf '    %s\n' "$*"; }

warn() { printf 'warning: %s\n' "$*" >&2; }

# Ends the script with a reason; a second argument says what to do about it.
fail() {
    printf 'error: %s\n' "$1" >&2
    [ $# -lt 2 ] || printf '       %s\n' "${@:2}" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# The text of the comment at the top of a script, for --help.
usage_of() { sed -n '2,/^$/s/^# \{0,1\}//p' "$1"; }

# Eight characters that name a folder: two clones on one machine never share a node name.
short_hash() { printf '%s' "$1" | sha256sum | cut -c1-8; }

# So many random bytes in hexadecimal.
random_hex() { od -An -vtx1 -N "$1" /dev/urandom | tr -d ' \n'; }

# The hash of the contents of files and folders, in a fixed order; what is absent counts as absent.
contents_hash() {
    local path
    for path in "$@"; do
        if [ -d "$path" ]; then
            (cd "$path" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0r sha256sum)
        elif [ -f "$path" ]; then
            sha256sum <"$path"
        else
            printf 'absent\n'
        fi
    done | sha256sum | cut -c1-16
}

# Runs a command until it succeeds, four times a second, for at most so many seconds.
wait_until() {
    local seconds=$1 end
    shift
    end=$((SECONDS + seconds))
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.25
    done
}

# Writes standard input to a file that only its owner may read, and only if that changes it.
write_private() {
    local file=$1 temporary
    temporary=$(mktemp "$file.XXXXXX")
    cat >"$temporary"
    if [ -f "$file" ] && cmp -s "$temporary" "$file"; then rm -f "$temporary"; else mv -f "$temporary" "$file"; fi
}
