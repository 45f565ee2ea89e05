#!/bin/sh
# Installs what tests take from npm, each into node_modules beside its package.json: the language
# server that tests/editor starts, the rules that tests/preview holds pages to, the schema that
# tests/check holds SARIF to, and the reader of PDF that tests/readers asks.
# Without them those tests are skipped, so whatever is lacking is said and nothing fails.
set -eu

skip() {
    printf '%s\n' "$1，要用npm软件包的测试（tests/editor、tests/preview、tests/check、tests/readers）会跳过。" >&2
    exit 0
}

is_installed() {
    [ -f "$1/node_modules/.package-lock.json" ] && [ ! "$1/package-lock.json" -nt "$1/node_modules/.package-lock.json" ]
}

tests=$(dirname "$0")/../tests
is_installed "$tests/editor" && is_installed "$tests/preview" && is_installed "$tests/check" && is_installed "$tests/readers" &&
    command -v node >/dev/null && exit 0

. "$(dirname "$0")/install-or-skip.sh"
command -v npm >/dev/null || install_or_skip npm nodejs和npm nodejs npm

for folder in editor preview check readers; do
    (cd "$tests/$folder" && npm ci --silent) || skip "tests/$folder的npm软件包没有装上"
done
