# shellcheck shell=bash
# A rehearsal: a system of its own is brought up for one story, the story is played on it, and it is taken down, whether
# the story came to its end, failed or was interrupted.

# What is running for us at the moment, so that an interruption does not leave it behind.
CHILD=

# Plays compose/stories/NAME.yaml under the pack of the same name: rehearse NAME
# Ends with 0 when the story was played to its end, with 1 or more when it was not.
rehearse() {
    local name=$1 story=$COMPOSE/stories/$1.yaml
    [ -f "$story" ] || fail "there is no story '$name'" \
        "There are: $(cd "$COMPOSE/stories" && printf '%s ' *.yaml | sed 's/\.yaml//g')"
    export UP_STATE=$BUILT/rehearsal-$name
    export UP_CLOCK_FILE=$UP_STATE/clock.json UP_RETRY_TIERS=${UP_RETRY_TIERS:-250ms,1s,2s,4s} UP_ADDRESSES=no
    mkdir -p "$UP_STATE"
    lock_rehearsal "$name"
    step "Debian packages"
    install_packages "$RUN_PACKAGES"
    require_swift
    step "Release build"
    build_release
    # A story that cannot be played is named before anything is started.
    "$REDRESS" rehearse "$story" --check
    step "Empty system in $UP_STATE"
    # The clock starts anew, so what an earlier rehearsal left would lie in its future.
    "$COMPOSE/down" --data --yes | grep '^    ' || true
    choose_ports
    trap take_down EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    "$REDRESS" rehearse "$story" --clock-file "$UP_CLOCK_FILE" --set-clock
    watched "$COMPOSE/up" --policy "$name"
    step "Story $name"
    watched "$REDRESS" rehearse "$story" --clock-file "$UP_CLOCK_FILE" --credentials "$UP_STATE/credentials.json"
    step "Story $name was played to its end"
}

# Two rehearsals of one story would take each other's system down.
lock_rehearsal() {
    exec 8>"$BUILT/rehearsal-$1.lock"
    flock -n 8 || fail "a rehearsal of $1 is running already in $BUILT" "Wait for its end, or stop it."
}

# Runs a command beside this shell, so that a signal is heard at once and not when the command ends.
watched() {
    "$@" 8>&- &
    CHILD=$!
    wait "$CHILD"
    CHILD=
}

take_down() {
    trap '' INT TERM HUP
    if [ -n "$CHILD" ]; then
        kill "$CHILD" 2>/dev/null || true
        wait "$CHILD" 2>/dev/null || true
    fi
    step "Down again; the data stays in $UP_STATE"
    "$COMPOSE/down" 8>&- | grep '^    ' || true
}

# Every port of the rehearsal, away from those of the usual system, so that both can run. One that is taken by somebody
# else is passed over, unless its variable says that it must be this one: then compose/up says who has it.
choose_ports() {
    local chosen=" "
    choose_port UP_INTAKE_PORT 9081
    choose_port UP_ROUTING_PORT 9082
    choose_port UP_CALLBACK_PORT 9083
    choose_port UP_REPORTING_PORT 9084
    choose_port UP_OPERATIONS_PORT 9085
    # Departments have one port each from this one on; no pack has more than twelve.
    choose_port UP_DEPARTMENTS_PORT 9090 12
    choose_port UP_BROKER_PORT 6680
    choose_port UP_MANAGEMENT_PORT 16680
    choose_port UP_DISTRIBUTION_PORT 26680
    choose_port UP_EPMD_PORT 5380
}

# The first port from the second word on that is free, with as many after it as the third says: choose_port NAME 9090 12
choose_port() {
    local key=$1 port=$2 count=${3:-1}
    if [ -n "${!key:-}" ]; then
        chosen+="${!key} "
        return
    fi
    until ports_are_free "$port" "$count"; do port=$((port + 1)); done
    [ "$port" -eq "$2" ] || say "port $2 is taken$(holder_of "$2"); $port instead"
    chosen+="$(seq -s ' ' "$port" $((port + count - 1))) "
    export "$key=$port"
}

# Also not given to another part of this rehearsal before: ports_are_free FIRST COUNT
ports_are_free() {
    local port
    for ((port = $1; port < $1 + $2; port++)); do
        case "$chosen" in *" $port "*) return 1 ;; esac
        port_is_free "$port" || return 1
    done
}
