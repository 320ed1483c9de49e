# shellcheck shell=bash
# Waiting until every service says that it is ready, and showing which one is not.

is_ready() { [ "$(curl --silent --output /dev/null --max-time 2 --write-out '%{http_code}' "$1/readyz")" = 200 ]; }

# Waits for lines "name<TAB>address"; after the time limit shows what each one that is missing says and logged.
wait_for_ready() {
    local addresses=$1 end=$((SECONDS + $2)) name address waiting
    while :; do
        waiting=
        while IFS=$'\t' read -r name address; do
            is_ready "$address" || waiting+="$name"$'\t'"$address"$'\n'
        done <<<"$addresses"
        [ -n "$waiting" ] || return 0
        [ "$SECONDS" -lt "$end" ] || break
        sleep 0.5
    done
    show_waiting "$waiting"
    return 1
}

show_waiting() {
    local name address
    while IFS=$'\t' read -r name address; do
        [ -n "$name" ] || continue
        printf '\nnot ready: %s\n' "$name" >&2
        printf '  %s/readyz says: %s\n' "$address" \
            "$(curl --silent --show-error --max-time 3 "$address/readyz" 2>&1 | head -c 600)" >&2
        printf '  the end of %s:\n' "$STATE/logs/$name.log" >&2
        tail -n 15 "$STATE/logs/$name.log" 2>/dev/null | sed 's/^/    /' >&2 || true
    done <<<"$1"
}
