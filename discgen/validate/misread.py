"""What was meant by a value or a key that is wrong: texts that YAML took for something else, numbers with signs that do
not belong in them, misspelt keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from unicodedata import normalize

from msgspec import Struct, structs

from discgen.diagnostics import DocumentPath, Place, did_you_mean, nearest
from discgen.money import MINUS_SIGNS, with_plain_minus
from discgen.yamltext.tree import Node, Tree

_QUOTED = "给整段文字加英文单引号"
_REMARK = re.compile(r"(?:^|:|-) #")
_CHINESE = re.compile("[\u3400-\u9fff]")

Beginning = tuple[str, str, Place]
"""What is wrong, what to do, and where the sign stands."""


def misread_beginning(tree: Tree, path: DocumentPath, value: Node) -> Beginning | None:
    """Why YAML read the text at this path as something else; None where the file does not show it."""
    place = tree.place(path)
    if not 0 < place.line <= len(tree.lines):
        return None
    line = tree.lines[place.line - 1]
    sign = line[place.column - 1 : place.column]
    if isinstance(value, dict):
        return _misread_mapping(tree, path, value, place)
    if isinstance(value, list) and line.startswith("- ", place.column - 1):
        return "“- ”在开头，被当作了列表", f"负数写成-5，中间不空格；是文字的，{_QUOTED}", place
    if not value and sign and sign in ">|":
        hint = f"大于等于写成“≥”；别的{_QUOTED}，例如'{sign}5'"
        return f"“{sign}”在开头，被当作了分段的记号，后面的字没有读到", hint, place
    remark = _REMARK.search(line, max(0, place.column - 2)) if value is None else None
    if remark:
        at = structs.replace(place, column=remark.end())
        return "没有填：“#”后面的都被当作备注", f"“#”是正文的，{_QUOTED}；是备注的，前空两格，再填上内容", at
    return None


def _misread_mapping(tree: Tree, path: DocumentPath, value: dict[str, Node], place: Place) -> Beginning | None:
    """One line of text that an English colon made a key with a value."""
    if len(value) != 1:
        return None
    key = next(iter(value))
    if not _CHINESE.search(key):
        return None
    begun = tree.key_place((*path, key))
    at = begun.column + len(key)
    line = tree.lines[begun.line - 1]
    if line[at - 1 : at] != ":":
        return None
    message = f"第{at}列的英文冒号把这一行分成了键和值"
    return message, f"冒号改用中文“：”，或{_QUOTED}", structs.replace(place, line=begun.line, column=at)


_WIDE = re.compile(f"[０-９．－{MINUS_SIGNS}]")
_DIGITS = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_IN_NUMBERS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"^[¥￥$]\s*"), "", "带了货币符号"),
    (re.compile(r"\s*(?:[百千]?[万亿]元?|[千百]?元)整?$"), "", "带了单位“{}”"),
    (re.compile(r"\s*[%‰]$"), "", "带了单位“{}”"),
    (re.compile(r"(?<=\d)[,、'’`_](?=\d{3}(?!\d))"), "", "带了千分位的“{}”"),
    (re.compile(r"(?<=\d)[。·](?=\d)"), ".", "小数点写成了“{}”"),
    (re.compile(r"(?<=[\dOoОо〇○])[OoОо〇○]|[OoОо〇○](?=\d)"), "0", "零写成了“{}”"),
    (re.compile(r"(?<=\d)\s+(?=\d)"), "", "中间有空格{}"),
)
"""What clerks and spreadsheets put into a number, what replaces it, and the words of the message. Signs have single width here."""


class MisreadNumber(Struct, frozen=True):
    """What is wrong in a number, in Chinese, and the number that was meant. `is_certain` where only the width of its
    signs is wrong.
    """

    what: str
    right: str
    is_certain: bool
    says_all: bool = True
    """Whether nothing was left out that says how much the number is."""


def misread_number(written: str, is_right: Callable[[str], bool]) -> MisreadNumber | None:
    """What is wrong in a text that should be a number; None where no number that `is_right` can have been meant."""
    narrow = with_plain_minus(normalize("NFKC", written))
    wide = _WIDE.search(written)
    wrong = [f"“{wide[0]}”不是英文的数字或符号"] if wide else []
    if wide and is_right(narrow):
        return MisreadNumber(wrong[0], narrow, is_certain=True)
    for pattern, new, what in _IN_NUMBERS:
        seen = pattern.search(narrow)
        if seen:
            narrow = pattern.sub(new, narrow)
            wrong.append(what.format(seen[0].strip()))
    if not wrong or not _DIGITS.fullmatch(narrow) or not is_right(narrow):
        return None
    what = "，".join(wrong)
    return MisreadNumber(what, narrow, is_certain=False, says_all="单位" not in what)


_KEY_END = re.compile("[:：]")
_AFTER_COMMA = re.compile(r"\d+(?:\.\d+)?\s*[万亿]?元?")
"""What is left of 1,234.5 behind its comma."""
_LOOKED_AT = 100
"""How many unknown keys are compared with those that are missing; beyond these nothing is guessed."""


def about_key(key: str, known: Sequence[str]) -> tuple[str, str]:
    """What an unknown key was probably meant to be, and what to do."""
    if _AFTER_COMMA.fullmatch(key):
        return f"“{key}”不是键，是逗号分开的数字", "金额不写千分位逗号"
    if "：" in key:
        return f"“{key}”里用了中文冒号", "改成英文冒号加一个空格"
    if ":" in key:
        return f"“{key}”里冒号后面少了空格", "英文冒号后面空一格"
    first, _, rest = key.partition(" ")
    if rest and first in known:
        return f"“{first}”后面缺少冒号", f"改成“{first}: {rest}”"
    return f"不认识的键“{key}”", did_you_mean(key, known, f"这里可以写：{'、'.join(known)}")


def meant_keys(keys: Iterable[str], known: Sequence[str]) -> set[str]:
    """The keys that unknown ones were probably meant to be."""
    unknown = (_KEY_END.split(key)[0].partition(" ")[0] for key in keys if key not in known)
    return {near for key in islice(unknown, _LOOKED_AT) for near in nearest(key, known)}
