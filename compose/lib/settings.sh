# shellcheck shell=bash
# shellcheck disable=SC2034  # read by the scripts that source this file
# The ports of the native system. Each can be moved with the variable of the same name: UP_INTAKE_PORT=9081 compose/up

: "${UP_INTAKE_PORT:=8081}"
: "${UP_ROUTING_PORT:=8082}"
: "${UP_CALLBACK_PORT:=8083}"
: "${UP_REPORTING_PORT:=8084}"
: "${UP_OPERATIONS_PORT:=8085}"
# The first department of the pack; the others follow in the order of the pack.
: "${UP_DEPARTMENTS_PORT:=8090}"
# The private broker keeps away from 5672, 15672, 25672 and 4369, where a system's own would be.
: "${UP_BROKER_PORT:=5680}"
: "${UP_MANAGEMENT_PORT:=15680}"
: "${UP_DISTRIBUTION_PORT:=25680}"
: "${UP_EPMD_PORT:=4380}"
# How long the services may take until all are ready, in seconds.
: "${UP_READY_SECONDS:=240}"
# Speed of the services' clock; 1 is real time.
: "${UP_CLOCK_SPEED:=1}"

# For rehearsals: the schedule that steers the services' clock (docs/operations.md), and how long messages wait for another
# attempt. Both reach the programs when supervisor starts.
: "${UP_CLOCK_FILE:=}"
: "${UP_RETRY_TIERS:=}"
# Whether addresses and sign-ins are printed at the end: yes or no.
: "${UP_ADDRESSES:=yes}"

SERVICES="intake routing callback reporting operations"

# The port of one of the five services: port_of intake → 8081
port_of() {
    local key=UP_${1^^}_PORT
    printf '%s' "${!key}"
}
