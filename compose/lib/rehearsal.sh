# shellcheck shell=bash
# A rehearsal: a system of its own is brought up for one story, the story is played on it, and it is taken down.

# Ports away from those of the usual system, so that both can run; each can still be moved with its variable.
move_ports() {
    export UP_INTAKE_PORT=${UP_INTAKE_PORT:-9081} UP_ROUTING_PORT=${UP_ROUTING_PORT:-9082}
    export UP_CALLBACK_PORT=${UP_CALLBACK_PORT:-9083} UP_REPORTING_PORT=${UP_REPORTING_PORT:-9084}
    export UP_OPERATIONS_PORT=${UP_OPERATIONS_PORT:-9085} UP_DEPARTMENTS_PORT=${UP_DEPARTMENTS_PORT:-9090}
    export UP_BROKER_PORT=${UP_BROKER_PORT:-6680} UP_MANAGEMENT_PORT=${UP_MANAGEMENT_PORT:-16680}
    export UP_DISTRIBUTION_PORT=${UP_DISTRIBUTION_PORT:-26680} UP_EPMD_PORT=${UP_EPMD_PORT:-5380}
}

# Plays compose/stories/NAME.yaml under the pack of the same name: rehearse NAME
rehearse() {
    local name=$1 story=$COMPOSE/stories/$1.yaml redress=$BIN/redress
    [ -f "$story" ] || fail "there is no story '$name'" \
        "There are: $(cd "$COMPOSE/stories" && printf '%s ' *.yaml | sed 's/\.yaml//g')"
    export UP_STATE=$BUILT/rehearsal-$name
    export UP_CLOCK_FILE=$UP_STATE/clock.json UP_RETRY_TIERS=${UP_RETRY_TIERS:-250ms,1s,2s,4s}
    move_ports
    step "Debian packages"
    install_packages "$RUN_PACKAGES"
    require_swift
    step "Release build"
    mkdir -p "$UP_STATE"
    build_release
    step "Empty system in $UP_STATE"
    # The clock starts anew, so what an earlier rehearsal left would lie in its future.
    "$COMPOSE/down" --data --yes | grep '^    ' || true
    trap '"$COMPOSE/down"' EXIT
    "$redress" rehearse "$story" --clock-file "$UP_CLOCK_FILE" --set-clock
    "$COMPOSE/up" --policy "$name" | sed '/^Redress is up/,$d'
    step "Story $name"
    "$redress" rehearse "$story" --clock-file "$UP_CLOCK_FILE" --credentials "$UP_STATE/credentials.json"
    step "Down again; the data stays in $UP_STATE"
}
