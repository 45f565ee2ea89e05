#!/bin/sh
# Installs LibreOffice Writer, by which tests print Word files, and save them as somebody else would.
# Without it those tests are skipped, so whatever is lacking is said and nothing fails.
set -eu

skip() {
    printf '%s\n' "$1，用LibreOffice打开Word稿的测试（tests/export/test_docx.py、tests/compare/test_draft.py）会跳过。" >&2
    exit 0
}

[ -f /usr/lib/libreoffice/program/libswlo.so ] && command -v soffice >/dev/null && exit 0

. "$(dirname "$0")/install-or-skip.sh"
install_or_skip "LibreOffice Writer" "LibreOffice Writer" libreoffice-writer-nogui
