# shellcheck shell=bash
# The programs under Debian's supervisor: writing its configuration, starting, changing and stopping.

SUPERVISOR_CONFIG=$STATE/supervisord.conf

supervisor_ctl() { supervisorctl -c "$SUPERVISOR_CONFIG" "$@"; }

supervisor_pid() {
    local pid
    pid=$(cat "$STATE/run/supervisord.pid" 2>/dev/null) || return 1
    [ -n "$pid" ] && is_ours "$pid" && printf '%s' "$pid"
}

supervisor_is_running() { supervisor_pid >/dev/null; }

# The address of supervisor's socket; a folder too deep for a socket's name gets one under /tmp.
supervisor_socket() {
    local socket=$STATE/run/supervisor.sock
    [ "${#socket}" -le 90 ] || socket=/tmp/redress-$(short_hash "$STATE")-$(id -u).sock
    printf '%s' "$socket"
}

# A process is one of ours when it works in our folders, these very folders and not others of the same name elsewhere.
is_ours() {
    [ "/proc/$1/cwd" -ef "$STATE/run" ] || [ "/proc/$1/cwd" -ef "$STATE/broker/run" ] || return 1
    case "$(cat "/proc/$1/comm" 2>/dev/null)" in redress-* | beam.smp | epmd | supervisord | run-broker | swift-backtrace) return 0 ;; esac
    return 1
}

# The processes of an earlier start that nobody supervises any more.
leftovers() {
    local folder pid
    for folder in /proc/[0-9]*; do
        pid=${folder#/proc/}
        if is_ours "$pid"; then printf '%s\n' "$pid"; fi
    done
}

nothing_left() { [ -z "$(leftovers)" ]; }

# Replaces @NAME@ in standard input by the value of the variable NAME; % has a meaning for supervisor and is doubled.
fill_in() {
    local text name value
    text=$(cat)
    while [[ $text =~ @([A-Z_]+)@ ]]; do
        name=${BASH_REMATCH[1]}
        value=${!name?"no value for @$name@"}
        text=${text//"@$name@"/"${value//%/%%}"}
    done
    printf '%s\n' "$text"
}

# Writes supervisor's configuration for the programs as they are now. Departments come as lines "id<TAB>title<TAB>port".
# The variables here are what the templates name.
# shellcheck disable=SC2034
write_supervisor_configuration() {
    local departments=$1 POLICY_FILE=$2 USER SOCKET CLOCK_SPEED=$UP_CLOCK_SPEED
    local EPMD_FINGERPRINT BROKER_FINGERPRINT DEPARTMENT_SITES WARNING_ROLES
    USER=$(id -un)
    SOCKET=$(supervisor_socket)
    DEPARTMENT_SITES=$(printf '%s' "$departments" | awk -F'\t' '{ printf "%s%s=http://127.0.0.1:%s|%s", s, $1, $3, $2; s = "," }')
    WARNING_ROLES=$(jq -r '.warnings | join(",")' "$STATE/run/policy.json")
    EPMD_FINGERPRINT=$(contents_hash "$STATE/broker/environment")
    BROKER_FINGERPRINT=$(contents_hash "$STATE/broker/environment" "$STATE/broker/conf.d" "$COMPOSE/rabbitmq")
    name_services "$POLICY_FILE"
    {
        fill_in <"$COMPOSE/supervisord.conf"
        write_departments "$departments"
    } | write_private "$SUPERVISOR_CONFIG"
}

# Sets PORT, SITE and FINGERPRINT of each of the five services for the template.
name_services() {
    local service
    for service in $SERVICES; do
        printf -v "${service^^}_PORT" '%s' "$(port_of "$service")"
        printf -v "${service^^}_SITE" 'http://127.0.0.1:%s' "$(port_of "$service")"
        printf -v "${service^^}_FINGERPRINT" '%s' "$(fingerprint "$service" "$service" "$1")"
    done
}

# What a program is made from, beyond its own lines in the configuration.
fingerprint() {
    contents_hash "$BIN/redress-$1" "$BIN/redress_Web.resources" "$BIN/redress_${1^}Service.resources" \
        "$STATE/credentials/$2.yaml" "$STATE/credentials/session-secret" \
        "$3" "$COMPOSE/calendars"
}

# shellcheck disable=SC2034
write_departments() {
    local DEPARTMENT DEPARTMENT_TITLE DEPARTMENT_PORT DEPARTMENT_FINGERPRINT
    while IFS=$'\t' read -r DEPARTMENT DEPARTMENT_TITLE DEPARTMENT_PORT; do
        [ -n "$DEPARTMENT" ] || continue
        DEPARTMENT_FINGERPRINT=$(fingerprint department "department-$DEPARTMENT" "")
        printf '\n'
        fill_in <"$COMPOSE/department.conf"
    done <<<"$1"
}

# Starts supervisor, or has the running one take up what changed; prints what it did, nothing when nothing changed.
supervisor_apply() {
    if supervisor_is_running; then
        supervisor_ctl update 2>&1 | grep -v '^$' || true
        supervisor_ctl start all 2>&1 | grep -v 'already started' || true
        return
    fi
    rm -f "$(supervisor_socket)"
    # A service that crashed is up again at once; writing a readable stack trace first takes it minutes. What steers a
    # rehearsal reaches all programs as they inherit it; nothing else of this shell does.
    env -i PATH="$PATH" HOME="$HOME" LANG=C.UTF-8 ${TZ:+TZ="$TZ"} SWIFT_BACKTRACE="${SWIFT_BACKTRACE:-enable=no}" \
        ${UP_CLOCK_FILE:+REDRESS_CLOCK_FILE="$UP_CLOCK_FILE"} \
        ${UP_RETRY_TIERS:+REDRESS_CONSUMER_RETRY_TIERS="$UP_RETRY_TIERS"} supervisord -c "$SUPERVISOR_CONFIG"
    wait_until 10 supervisor_ctl pid || fail "supervisor did not start" "See $STATE/logs/supervisord.log"
    printf 'started\n'
}

# Stops every program and supervisor itself: services first, then the broker.
supervisor_stop() {
    local pid
    if pid=$(supervisor_pid); then
        supervisor_ctl shutdown >/dev/null || kill -TERM "$pid" 2>/dev/null || true
        wait_until 120 supervisor_gone || warn "supervisor (process $pid) does not end"
    fi
    stop_leftovers
}

supervisor_gone() { ! supervisor_is_running; }

# What a killed supervisor left behind is asked to end, and after a time made to.
stop_leftovers() {
    local pids
    pids=$(leftovers)
    [ -n "$pids" ] || return 0
    say "stopping what nobody supervises any more: ${pids//$'\n'/ }"
    # shellcheck disable=SC2086  # a list of process ids
    kill -TERM $pids 2>/dev/null || true
    wait_until 30 nothing_left && return
    # shellcheck disable=SC2046
    kill -KILL $(leftovers) 2>/dev/null || true
    wait_until 5 nothing_left || fail "these processes do not end: $(leftovers | tr '\n' ' ')"
}
