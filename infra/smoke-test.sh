#!/usr/bin/env bash
# Whether what was deployed works: it answers, it reaches its storage, and an integration imports a day from Five9 to the end.
#
#   FUNCTION_KEY=... infra/smoke-test.sh https://NAME.azurewebsites.net/api [INTEGRATION [DATE]]
#
# Without an integration only the first two are looked at. DATE is the day to import, in the integration's zone; yesterday if left out.
# SMOKE_SECONDS is how long each of the two may take (300), SMOKE_PAUSE how often it looks (5). Exit code 0: it works; 1: it does not.
set -euo pipefail

api=${1:?Usage: FUNCTION_KEY=... infra/smoke-test.sh API [INTEGRATION [DATE]]}
integration=${2:-}
# GNU or BSD.
day() { date -u -d "$1 $2 day" +%F 2>/dev/null || date -u -j -v"$2"d -f %F "$1" +%F; }

date=${3:-$(day "$(date -u +%F)" -1)}
seconds=${SMOKE_SECONDS:-300}
pause=${SMOKE_PAUSE:-5}

# Prints the answer, then its status. The key goes in by a pipe: arguments can be seen by others.
call() {
  printf 'header = "x-functions-key: %s"\n' "${FUNCTION_KEY:-}" |
    curl --config - --silent --show-error --max-time 60 --write-out '\n%{http_code}' "$@" 2>&1 || true
}

fail() { echo "FAILED: $*" >&2; exit 1; }

answer=
until answer=$(call "$api/health"); [ "${answer##*$'\n'}" = 200 ]; do
  [ "$SECONDS" -lt "$seconds" ] || fail "$api/health did not become well in $seconds s: $answer"
  sleep "$pause"
done
echo "health: ${answer%$'\n'*}"

[ -n "$integration" ] || exit 0
[ -n "${FUNCTION_KEY:-}" ] || fail "FUNCTION_KEY is not set; an import needs the app's function key."

answer=$(call --header 'Content-Type: application/json' --data "{ \"from\": \"$date\", \"to\": \"$(day "$date" +1)\" }" "$api/integrations/$integration/imports")
[ "${answer##*$'\n'}" = 202 ] || fail "an import of $date for $integration was not taken: $answer"
run=$(sed -n 's/^{"id":"\([^"]*\)".*/\1/p' <<<"$answer")
echo "import: run $run of $integration, $date"

SECONDS=0
while true; do
  answer=$(call "$api/integrations/$integration/imports/$run")
  case $answer in
    *'"status":"succeeded"'*) break ;;
    *'"status":"failed"'* | *'"status":"cancelled"'*) fail "the import did not succeed: $answer" ;;
  esac
  [ "$SECONDS" -lt "$seconds" ] || fail "the import was not done in $seconds s: $answer"
  sleep "$pause"
done
echo "import: ${answer%$'\n'*}"
