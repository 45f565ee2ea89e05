#!/bin/sh
# Installs the language server that tests/editor starts, from npm into tests/editor/node_modules.
# Without it those tests are skipped, so whatever is lacking is said and nothing fails.
set -eu

skip() {
    printf '%s\n' "$1，编辑器的测试（tests/editor）会跳过。" >&2
    exit 0
}

folder=$(dirname "$0")/../tests/editor
installed=$folder/node_modules/.package-lock.json
if [ -f "$installed" ] && [ ! "$folder/package-lock.json" -nt "$installed" ] && command -v node >/dev/null; then
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

(cd "$folder" && npm ci --silent) || skip "yaml-language-server没有装上"
