#!/bin/sh
# Installs the system libraries and fonts that the PDF needs, where they are missing.
# Debian and Ubuntu; as root, or through sudo without asking for a password twice.
set -eu

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    fail "需要Python 3.11以上。装好后重新运行make；Python不叫python3时，写make PYTHON=python3.12。"

packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk fonts-liberation poppler-utils qpdf ghostscript mupdf-tools"
# Older releases lack this: without it headings of the third level are set in another face.
optional="fonts-lxgw-wenkai"
"$python" -c 'import ensurepip' 2>/dev/null || packages="$packages python3-venv"

if ! command -v dpkg-query >/dev/null; then
    # Not Debian: the libraries are looked for, and their installing is left to the user.
    "$python" -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("pango-1.0"))' ||
        fail "这台机器没有dpkg，请用自己的包管理器装上：Pango、HarfBuzz（含subset）、fontconfig、poppler、qpdf、Ghostscript、MuPDF，" \
            "以及字体Noto CJK、LXGW WenKai、Liberation。装好后重新运行make。"
    exit 0
fi

lacking() {
    for package in "$@"; do
        state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$state" = installed ] || printf ' %s' "$package"
    done
}

missing=$(lacking $packages)
wanted=$(lacking $optional)
[ -n "$missing$wanted" ] || exit 0

sudo=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        [ -n "$missing" ] || exit 0
        fail "缺少系统库或字体：$missing" "没有管理员权限，请管理员运行：apt-get install$missing$wanted"
    fi
    sudo=sudo
fi
$sudo apt-get update -qq
for package in $wanted; do
    if apt-cache show "$package" >/dev/null 2>&1; then
        missing="$missing $package"
    else
        echo "这个系统版本没有$package，不装也能用。"
    fi
done
[ -n "$missing" ] || exit 0
echo "安装系统库和字体：$missing"
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
    fail "系统包没有装上。请手工运行：apt-get install$missing"
