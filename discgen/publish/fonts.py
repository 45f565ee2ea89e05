"""Characters that no font of this machine has: which, of what script, where they are written, and a font that has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from discgen.characters import script_of
from discgen.diagnostics import Diagnostic, Place, error
from discgen.phrases import few
from discgen.reference.folders import cache_shipped, shipped_rows
from discgen.rules.case import values_of_files
from discgen.yamltext.tree import Tree

_IN_EVERY_FONT = "年"
"""Every document has it, and every font with Chinese characters."""
_NAMED, _PLACES = 5, 3
"""How many characters, and places of them, a message names."""


def without_font(characters: frozenset[str], files: Sequence[Tree], otherwise: Place) -> list[Diagnostic]:
    """F001, once for each script, where its first character is written; at `otherwise`, where no file has it.

    F002 instead, where this machine has no Chinese font at all: every character would be reported.
    """
    if _IN_EVERY_FONT in characters:
        hint = "在discgen的文件夹里运行make build，它会装好；或请管理员运行：apt-get install fonts-noto-cjk"
        return [error("F002", f"这台机器没有中文字体，{len(characters)}个字都印不出", otherwise, hint)]
    by_script: dict[str, set[str]] = {}
    for character in characters:
        by_script.setdefault(_script(character), set()).add(character)
    return [_finding(script, signs, files, otherwise) for script, signs in sorted(by_script.items())]


def _finding(script: str, signs: set[str], files: Sequence[Tree], otherwise: Place) -> Diagnostic:
    places = list(islice(_places(signs, files), _PLACES))
    known = _scripts().get(script)
    named = few([f"“{sign}”U+{ord(sign):04X}" for sign in sorted(signs)], _NAMED, "个字")
    also = f"；还在{'、'.join(map(str, places[1:]))}" if len(places) > 1 else ""
    message = f"本机的字体里没有{known['name'] if known else '文件用到的字'}{named}{also}"
    return error("F001", message, places[0] if places else otherwise, _hint(known))


def _hint(known: dict[str, str] | None) -> str:
    if known is None:
        return "换一个常用字，或装上有这个字的字体"
    return f"装上{known['font']}再编（Debian、Ubuntu的软件包{known['package']}），或换成别的字"


def _places(signs: set[str], files: Iterable[Tree]) -> Iterator[Place]:
    """Where the first of the characters stands in each text that has any."""
    for passage in values_of_files(files):
        at = next((at for at, sign in enumerate(passage.text) if sign in signs), None)
        if at is not None:
            yield passage.at(at)


def _script(character: str) -> str:
    """The script of a character; nothing for what has no line of its own."""
    script = script_of(character)
    return script if script in _scripts() else ""


@cache_shipped
def _scripts() -> dict[str, dict[str, str]]:
    return {row["script"]: dict(row) for row in shipped_rows("words", "scripts.csv")}
