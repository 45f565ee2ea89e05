#!/bin/sh
# Installs the browser in which tests/preview looks at the page of `discgen preview`.
# Without it those tests are skipped, so whatever is lacking is said and nothing fails.
set -eu

skip() {
    printf '%s\n' "$1，预览页的测试（tests/preview/test_chromium.py）会跳过。" >&2
    exit 0
}

for browser in chromium chromium-browser google-chrome; do
    command -v "$browser" >/dev/null && exit 0
done

command -v apt-get >/dev/null || skip "没有Chromium"
sudo=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || skip "没有Chromium，也没有管理员权限（管理员可以运行：apt-get install chromium）"
    sudo=sudo
fi
echo "安装chromium"
$sudo apt-get update -qq || skip "软件包目录取不到"
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null ||
    skip "chromium没有装上"
