"""Compile Click's words in Chinese, and say which of Click's have none.

    python tools/compile_messages.py

Words for programmers (a command declared wrongly) and of what is not used here are left in English.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import click
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PO = Path(__file__).parents[1] / "discgen/cli/locale/zh_CN/LC_MESSAGES/messages.po"


def compiled(source: Path = PO) -> bytes:
    """The catalogue as `gettext` reads it."""
    with source.open("rb") as file:
        catalogue = read_po(file, locale="zh_CN")
    made = BytesIO()
    write_mo(made, catalogue)
    return made.getvalue()


def untranslated(source: Path = PO) -> list[str]:
    """What the Click that is installed may say and the catalogue does not know."""
    with source.open("rb") as file:
        catalogue = read_po(file, locale="zh_CN")
    said = (found[2] for found in extract_from_dir(Path(click.__file__).parent))
    first = {message if isinstance(message, str) else str(message[0]) for message in said}
    return sorted(message for message in first if message not in catalogue)


def main() -> None:
    """Write messages.mo beside messages.po."""
    PO.with_suffix(".mo").write_bytes(compiled())
    for message in untranslated():
        print(f"not translated: {message!r}")


if __name__ == "__main__":
    main()
