"""What the layout libraries read from the environment, held to one state: a PDF hangs on its page and the fonts alone.

Fontconfig reads it once, when it is loaded, so this is done before any library is, in every process that lays out
pages. The fonts that a user has installed count; what a user or a system lets stand for a font does not:
the same data would be another file on the next desk.
"""

from __future__ import annotations

import os
import re
from collections.abc import MutableMapping

from discgen.resources import data_folder

_READ_BY_LIBRARIES = re.compile(r"(?:FC|FONTCONFIG|FREETYPE|HB|PANGO)_.*|SOURCE_DATE_EPOCH")
"""Fontconfig, Pango, HarfBuzz, FreeType; fontTools dates fonts by the last."""


def pin(environment: MutableMapping[str, str]) -> None:
    """Drop what the libraries read, and set what they shall read."""
    for name in [name for name in environment if _READ_BY_LIBRARIES.fullmatch(name)]:
        del environment[name]
    environment["FC_LANG"] = "en"  # else fonts are named in the language of the user
    if os.name != "nt":  # Windows has one folder of fonts, which Fontconfig finds without a file
        environment["FONTCONFIG_FILE"] = str(data_folder("templates") / "document" / "fonts.conf")
