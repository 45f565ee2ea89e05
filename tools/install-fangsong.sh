#!/bin/sh
# Installs a free 仿宋 for the body of the text, where this machine has none: FandolFang (GPL with
# the font exception, so that a PDF may embed it) out of Debian's texlive-lang-chinese. The package
# is downloaded and the font taken from it; TeX itself, four times as large, is not installed.
# Without the font the body is set in 宋体, so whatever is lacking is said and nothing fails.
set -eu

folder=/usr/local/share/fonts/fandol
inside=./usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf
licence=./usr/share/doc/texlive-doc/fonts/fandol

skip() {
    echo "$1，正文用宋体排。要用仿宋，请装仿宋_GB2312，或从Debian的texlive-lang-chinese取FandolFang。"
    exit 0
}

for family in 仿宋_GB2312 仿宋 FangSong STFangsong "FandolFang R"; do
    [ -z "$(fc-list "$family" 2>/dev/null)" ] || exit 0
done
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || skip "没有apt，仿宋字体没有装"
sudo=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || skip "没有管理员权限，仿宋字体没有装"
    sudo=sudo
fi

echo "安装仿宋字体：FandolFang（下载约50兆）"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download -qq texlive-lang-chinese >/dev/null 2>&1 || skip "仿宋字体没有下载到"
dpkg-deb --fsys-tarfile ./*.deb | tar -x "$inside" "$licence" || skip "下载的包里没有仿宋字体"
$sudo mkdir -p "$folder"
$sudo cp "$inside" "$licence"/* "$folder"
$sudo fc-cache "$folder"
