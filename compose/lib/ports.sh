# shellcheck shell=bash
# Which ports are taken, and by whom.

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

port_is_free() { ! port_is_taken "$1"; }

# The process that listens on a port, in words, if the system tells.
holder_of() {
    has ss || return 0
    ss -ltnpH "sport = :$1" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/ by \1 (process \2)/p' | head -n 1
}

# Ends the run when a port that we are about to open belongs to somebody else: require_port 8081 "Intake" UP_INTAKE_PORT
require_port() {
    port_is_free "$1" || fail "port $1 for $2 is already used$(holder_of "$1")" \
        "Stop what uses it, or choose another: $3=$(free_port "$1") compose/up"
}

# A free port above the one given.
free_port() {
    local port=$(($1 + 1))
    while port_is_taken "$port"; do port=$((port + 1)); done
    printf '%s' "$port"
}
