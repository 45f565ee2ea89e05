#!/bin/sh
# Installs what tests take from npm, each into node_modules beside its package.json: the language
# server that tests/editor starts, the rules that tests/preview holds pages to, and the schema that
# tests/check holds SARIF to.
# Without them those tests are skipped, so whatever is lacking is said and nothing fails.
set -eu

skip() {
    printf '%s\n' "$1，要用npm软件包的测试（tests/editor、tests/preview、tests/check）会跳过。" >&2
    exit 0
}

is_installed() {
    [ -f "$1/node_modules/.package-lock.json" ] && [ ! "$1/package-lock.json" -nt "$1/node_modules/.package-lock.json" ]
}

tests=$(dirname "$0")/../tests
if is_installed "$tests/editor" && is_installed "$tests/preview" && is_installed "$tests/check" && command -v node >/dev/null; then
    exit 0
fi

. "$(dirname "$0")/install-or-skip.sh"
command -v npm >/dev/null || install_or_skip npm nodejs和npm nodejs npm

for folder in editor preview check; do
    (cd "$tests/$folder" && npm ci --silent) || skip "tests/$folder的npm软件包没有装上"
done
