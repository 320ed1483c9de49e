# shellcheck shell=bash
# A private RabbitMQ node in a folder: own name, ports, data, cookie and port mapper; it listens on loopback only and
# reads nothing of a system's RabbitMQ.

# Writes everything the node needs into its folder: broker_prepare FOLDER NODE AMQP MANAGEMENT DISTRIBUTION EPMD
broker_prepare() {
    local folder=$1
    mkdir -p "$folder/home" "$folder/data" "$folder/logs" "$folder/conf.d" "$folder/run"
    chmod 700 "$folder" "$folder/home"
    broker_cookie "$folder/home/.erlang.cookie"
    broker_environment "$@" | write_private "$folder/environment"
    broker_listeners "$@" | write_private "$folder/conf.d/90-node.conf"
    cp "$COMPOSE/rabbitmq/enabled_plugins" "$folder/enabled_plugins"
    : >"$folder/rabbitmq-env.conf"
}

# The secret that lets one Erlang node talk to another; made once.
broker_cookie() {
    [ ! -f "$1" ] || return 0
    (umask 277 && random_hex 16 >"$1")
}

broker_environment() {
    local folder=$1 node=$2 distribution=$5 epmd=$6
    cat <<EOT
export HOME="$folder/home"
export ERL_EPMD_ADDRESS=127.0.0.1
export ERL_EPMD_PORT=$epmd
export RABBITMQ_NODENAME=$node
export RABBITMQ_DIST_PORT=$distribution
export RABBITMQ_CONF_ENV_FILE="$folder/rabbitmq-env.conf"
export RABBITMQ_CONFIG_FILE="$COMPOSE/rabbitmq/rabbitmq.conf"
export RABBITMQ_CONFIG_FILES="$folder/conf.d"
export RABBITMQ_ADVANCED_CONFIG_FILE="$folder/advanced.config"
export RABBITMQ_GENERATED_CONFIG_DIR="$folder/run"
export RABBITMQ_ENABLED_PLUGINS_FILE="$folder/enabled_plugins"
export RABBITMQ_MNESIA_BASE="$folder/data"
export RABBITMQ_LOG_BASE="$folder/logs"
export RABBITMQ_LOGS=-
export RABBITMQ_PID_FILE="$folder/run/broker.pid"
# The first process is the node itself, so that whoever supervises it stops and restarts the right one.
export RABBITMQ_ALLOW_INPUT=true
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-noinput +B i -start_epmd false -kernel inet_dist_use_interface {127,0,0,1}"
EOT
}

broker_listeners() {
    local folder=$1 amqp=$3 management=$4
    cat <<EOT
listeners.tcp.local = 127.0.0.1:$amqp
management.tcp.ip = 127.0.0.1
management.tcp.port = $management
EOT
    [ ! -f "$folder/definitions.json" ] || printf 'load_definitions = %s\n' "$folder/definitions.json"
}

# Brings users, rights and topology of a running node up to date: broker_import MANAGEMENT-URL USER:PASSWORD FILE
broker_import() {
    printf 'user = "%s"\n' "$2" | curl --silent --show-error --fail-with-body --config - --max-time 60 \
        --header 'Content-Type: application/json' --data-binary "@$3" "$1/api/definitions" >/dev/null
}

# True when every quorum queue of the definitions has its name on disk: the node writes them some seconds late, and one
# that is killed before would not run these queues again (docs/decisions/0011). broker_queues_are_safe FOLDER
broker_queues_are_safe() {
    local names queue
    names=$(find "$1/data" -path '*/quorum/*' -name names.dets -print -quit)
    [ -n "$names" ] || return 1
    while read -r queue; do
        LC_ALL=C grep -qaF "_$queue" "$names" || return 1
    done < <(jq -r '.queues[] | select(.arguments["x-queue-type"] == "quorum") | .name' "$1/definitions.json")
}
