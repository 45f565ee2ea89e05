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

. "$(dirname "$0")/install-or-skip.sh"
install_or_skip Chromium chromium chromium
