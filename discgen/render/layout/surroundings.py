"""What layout needs of the machine, and what the layout libraries may read of it: a PDF depends on its page and the fonts alone.

Fontconfig reads the environment once, when it is loaded, so `pin` runs before any library is loaded, in every
process that lays out pages. The fonts that a user has installed count; what a user or a system substitutes for a
font does not: the same data would be another file on the next desk.
"""

from __future__ import annotations

import os
import re
from collections.abc import MutableMapping

from discgen.errors import Refusal
from discgen.reference.folders import data_folder
from discgen.render.layout.loading import load

_READ_BY_LIBRARIES = re.compile(r"(?:FC|FONTCONFIG|FREETYPE|HB|PANGO)_.*|SOURCE_DATE_EPOCH")
"""Fontconfig, Pango, HarfBuzz, FreeType; fontTools dates fonts by the last."""


def pin(environment: MutableMapping[str, str]) -> None:
    """Drop what the libraries read, and set what they shall read."""
    for name in [name for name in environment if _READ_BY_LIBRARIES.fullmatch(name)]:
        del environment[name]
    environment["FC_LANG"] = "en"  # else fonts are named in the language of the user
    if os.name != "nt":  # Windows has one folder of fonts, which Fontconfig finds without a file
        environment["FONTCONFIG_FILE"] = str(data_folder("templates") / "document" / "fonts.conf")


_HOW = (
    "在discgen的文件夹里运行make build，它会装好；或请管理员运行：apt-get install "
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk fonts-liberation"
)


def require_layout() -> None:
    """Raises Refusal where a library of layout, or every font, is missing."""
    try:
        load()
    except OSError as exception:
        library = str(exception).partition("\n")[0]
        raise Refusal(f"缺少排版用的系统库（{library}），编不了PDF；{_HOW}") from exception
    from weasyprint.text import fonts

    config = fonts.ffi.gc(fonts.fontconfig.FcInitLoadConfigAndFonts(), fonts.fontconfig.FcConfigDestroy)
    if not fonts.fontconfig.FcConfigGetFonts(config, fonts.fontconfig.FcSetSystem).nfont:
        raise Refusal(f"这台机器一个字体也没有，编不了PDF；{_HOW}")
