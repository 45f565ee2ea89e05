"""What layout needs of the machine, looked for before anything is laid out: without fonts it would end in a crash."""

from __future__ import annotations

import io
import warnings
from contextlib import redirect_stderr, redirect_stdout

_HOW = (
    "在discgen的文件夹里运行make build，它会装好；或请管理员运行：apt-get install "
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk fonts-liberation"
)


class NoLayoutError(RuntimeError):
    """This machine lacks what layout needs; `str()` says in Chinese what to install."""


def require_layout() -> None:
    """Raises NoLayoutError where a library of layout, or every font, is missing."""
    # WeasyPrint prints advice in English, and warns of what is told here.
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from weasyprint.text import fonts
        except OSError as trouble:
            library = str(trouble).partition("\n")[0]
            raise NoLayoutError(f"缺少排版用的系统库（{library}），编不了PDF；{_HOW}") from trouble
    config = fonts.ffi.gc(fonts.fontconfig.FcInitLoadConfigAndFonts(), fonts.fontconfig.FcConfigDestroy)
    if not fonts.fontconfig.FcConfigGetFonts(config, fonts.fontconfig.FcSetSystem).nfont:
        raise NoLayoutError(f"这台机器一个字体也没有，编不了PDF；{_HOW}")
