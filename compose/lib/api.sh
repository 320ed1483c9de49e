# shellcheck shell=bash
# The services' public HTTP API, as any outside program uses it.

CREDENTIALS=$STATE/credentials.json

site() { jq -er --arg name "$1" '.sites[$name] // empty' "$CREDENTIALS" || fail "nothing says where $1 is" "Run compose/up first."; }

token() { jq -er --arg role "$1" '.tokens[$role]' "$CREDENTIALS"; }

# Sends a request and prints the answer's body: api ROLE METHOD ADDRESS [JSON]. The role - sends no token: a customer.
# A refusal prints what the service said and fails.
api() {
    local role=$1 method=$2 address=$3 body=${4:-} answer status
    local arguments=(--silent --show-error --max-time 15 --request "$method" --header 'Accept: application/json'
        --write-out '\n%{http_code}')
    [ "$role" = - ] || arguments+=(--header "Authorization: Bearer $(token "$role")")
    [ -z "$body" ] || arguments+=(--header 'Content-Type: application/json' --data "$body")
    answer=$(curl "${arguments[@]}" "$address") || return 2
    status=${answer##*$'\n'}
    answer=${answer%$'\n'*}
    if [ "$status" -ge 300 ]; then
        printf '%s %s answered %s: %s\n' "$method" "$address" "$status" "$answer" >&2
        return 1
    fi
    printf '%s' "$answer"
}

# Repeats a request until the jq condition holds for its answer, and prints the answer:
# api_until SECONDS CONDITION ROLE METHOD ADDRESS
api_until() {
    local end=$((SECONDS + $1)) condition=$2 answer=
    shift 2
    while [ "$SECONDS" -lt "$end" ]; do
        if answer=$(api "$@" 2>&1) && jq -e "$condition" >/dev/null 2>&1 <<<"$answer"; then
            printf '%s' "$answer"
            return
        fi
        sleep 0.2
    done
    printf 'still not so after waiting: %s\n  %s %s answered: %.2000s\n' "$condition" "$2" "$3" "$answer" >&2
    return 1
}
