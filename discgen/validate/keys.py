"""What a key that a schema does not know was probably meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from discgen.diagnostics import did_you_mean, nearest

_KEY_END = re.compile("[:：]")
_AFTER_COMMA = re.compile(r"\d+(?:\.\d+)?\s*[万亿]?元?")
"""What is left of 1,234.5 behind its comma."""
_LOOKED_AT = 100
"""So many keys that are none are looked at for the one that is missing; of a mapping with more nothing is guessed."""


def about_key(key: str, known: Sequence[str]) -> tuple[str, str]:
    """What a key that is not one was probably meant to be, and what to do."""
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


def meant_keys(found: Iterable[str], known: Sequence[str]) -> set[str]:
    """The keys that those which are none were probably meant to be."""
    unknown = (_KEY_END.split(key)[0].partition(" ")[0] for key in found if key not in known)
    return {near for key in islice(unknown, _LOOKED_AT) for near in nearest(key, known)}
