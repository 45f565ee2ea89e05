#!/bin/sh
# Installs what tests take from npm, each into node_modules beside its package.json: the language
# server that tests/editor starts and the schema that tests/report holds SARIF to.
# Without them those tests are skipped, so whatever is lacking is said and nothing fails.
set -eu

skip() {
    printf '%s\n' "$1，要用npm软件包的测试（tests/editor、tests/report）会跳过。" >&2
    exit 0
}

is_installed() {
    [ -f "$1/node_modules/.package-lock.json" ] && [ ! "$1/package-lock.json" -nt "$1/node_modules/.package-lock.json" ]
}

tests=$(dirname "$0")/../tests
if is_installed "$tests/editor" && is_installed "$tests/report" && command -v node >/dev/null; then
    exit 0
fi

if ! command -v npm >/dev/null; then
    command -v apt-get >/dev/null || skip "没有npm"
    sudo=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || skip "没有npm，也没有管理员权限（管理员可以运行：apt-get install nodejs npm）"
        sudo=sudo
    fi
    echo "安装nodejs和npm"
    $sudo apt-get update -qq || skip "软件包目录取不到"
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null ||
        skip "nodejs和npm没有装上"
fi

for folder in editor report; do
    (cd "$tests/$folder" && npm ci --silent) || skip "tests/$folder的npm软件包没有装上"
done
