# shellcheck shell=bash
# shellcheck disable=SC2034  # the lists are read by the scripts that source this file
# Debian packages: what each command needs, and installing what is missing without waking a system service.

# To build and run: the broker and its client library, SQLite, libcrypto, the style sheet of the pages, supervisor.
RUN_PACKAGES="rabbitmq-server librabbitmq-dev libsqlite3-dev libssl-dev libjs-bootstrap5 supervisor pkg-config curl jq"
# To test as well: a real browser with Chinese letters, the check of the Docker twin, the check of the scripts.
TEST_PACKAGES="chromium chromium-driver fonts-noto-cjk docker-compose shellcheck"

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# The packages of the list that are not installed.
missing_packages() {
    local package missing=()
    for package in "$@"; do is_installed "$package" || missing+=("$package"); done
    printf '%s' "${missing[*]:-}"
}

# Runs a command as root: directly, or through sudo.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

require_root() {
    [ "$(id -u)" -eq 0 ] || has sudo || fail "these Debian packages are missing, and only root can install them: $1" \
        "Run as root or with sudo available, or have them installed: apt-get install $1"
}

# Debian starts a service when its package is installed, unless this file says no. One that is there already is left alone.
POLICY_FILE=/usr/sbin/policy-rc.d

forbid_service_starts() {
    [ ! -e "$POLICY_FILE" ] || return 0
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$POLICY_FILE" >/dev/null
    as_root chmod 755 "$POLICY_FILE"
    trap allow_service_starts EXIT
}

allow_service_starts() {
    as_root rm -f "$POLICY_FILE"
    trap - EXIT
}

# A package that we brought does not start its system service at the next boot either: we run our own copies.
disable_units_of() {
    local package
    has systemctl || return 0
    for package in rabbitmq-server supervisor; do
        case " $1 " in *" $package "*) as_root systemctl disable "$package" >/dev/null 2>&1 || true ;; esac
    done
}

# Installs what is missing of the list, after naming it.
install_packages() {
    local missing
    has dpkg-query || fail "this is not a Debian system" "Install the equivalents of: $*" "Debian 12 is what is tested."
    # shellcheck disable=SC2048,SC2086  # lists of package names
    missing=$(missing_packages $*)
    if [ -z "$missing" ]; then
        say "all there"
        return
    fi
    say "missing: $missing"
    require_root "$missing"
    forbid_service_starts
    as_root apt-get update -q
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get install -y -q --no-install-recommends $missing
    if [ -n "$(trap -p EXIT)" ]; then allow_service_starts; fi
    disable_units_of "$missing"
    # shellcheck disable=SC2086
    missing=$(missing_packages $missing)
    [ -z "$missing" ] || fail "apt-get did not install: $missing"
}
