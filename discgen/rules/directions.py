"""Which way a target goes: what is to be reached is a floor (合格率≥95%), what is to be kept low a ceiling (故障率≤1%).

The words are `schema/words/directions.csv`. A rate whose last word is not there is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discgen.diagnostics import Diagnostic, warning
from discgen.resources import shipped_rows
from discgen.rules.case import Case
from discgen.rules.indicators import UNIT_OF_NAME, targets
from discgen.rules.targets import Figure, read_figure

_RATE = re.compile(r"(?P<of>.+?)(?:发生|出现)?(?:比?率|比例|占比)")
_DEGREE = re.compile(r"(?P<of>.+?)[性度]")
"""A rate where its target is one: 准确性≥95%."""
_TURNED = re.compile("[不未无零非]$")
_COUNT = re.compile(r"(?P<of>.+?)(?:发生|出现)?(?:次数|数量|起数|件数|数|时长)?")
_DEALT_WITH = re.compile(
    "受理|处理|处置|办理|排除|修复|解决|接收|接听|回复|转办|交办|核查|调查|巡查|检查|降|减|压缩|增"
)
"""What makes 故障, 投诉 and 违规 work that is done, or a fall that is wanted: 处理投诉数量, 故障下降率."""
_WAITING = re.compile(r"(?:响应|修复|恢复|等待|等候|排队|办理|办结|审批|到达|处置)(?:时间|时长|时限)")
_CUT = re.compile("压|缩|减|降|节")
_UP, _DOWN = ("≥", ">", "≧"), ("≤", "<", "≦")
_HALF = 50
_COUNTED = ("故障", "事故", "差错", "投诉", "违规", "违纪", "信访", "上访", "中断", "宕机")


def targets_go_the_right_way(case: Case) -> Iterator[Diagnostic]:
    """G030: a rate that should be high has no ceiling, one that should be low no floor; nor has a time of waiting.

    满意度 is G021.
    """
    for name, target, place in targets(case):
        figure = read_figure(target)
        direction = _direction(UNIT_OF_NAME.sub("", name), figure) if figure and figure.sign else ""
        if figure is None or not direction:
            continue
        if direction == "floor" and figure.sign in _DOWN:
            yield warning("G030", f"“{name}”写了{target}，说的是最多多少", place, "应当达到的，写≥")
        elif direction == "ceiling" and figure.sign in _UP:
            yield warning("G030", f"“{name}”写了{target}，说的是至少多少", place, "应当控制的，写≤")
        elif direction == "ceiling" and figure.unit == "%" and figure.number > _HALF:
            yield warning("G030", f"“{name}”写了{target}，等于没有限制", place, "核对数值，例如≤1%")


def _direction(name: str, figure: Figure) -> str:
    """`floor` or `ceiling`; empty where the name does not say."""
    rate = _RATE.fullmatch(name) or (_DEGREE.fullmatch(name) if figure.unit == "%" else None)
    if rate:
        if rate["of"].endswith("节约") and not figure.number:
            return "floor"  # nothing saved is the least, not the most
        return "" if _CUT.search(rate["of"][-2:]) else _direction_of(rate["of"])
    if _WAITING.search(name) and name.endswith(("时间", "时长", "时限")):
        return "" if _CUT.search(name) or figure.unit == "%" else "ceiling"
    count = _COUNT.fullmatch(name)
    bad = count and count["of"].endswith(_COUNTED) and not _DEALT_WITH.search(name)
    return "ceiling" if bad and count and not _TURNED.search(count["of"][:-2]) else ""


def _direction_of(text: str) -> str:
    words = _words()
    word = next((text[-length:] for length in (4, 2) if text[-length:] in words), "")
    if not word:
        return ""
    opposite = {"floor": "ceiling", "ceiling": "floor"}
    return opposite[words[word]] if _TURNED.search(text[: -len(word)]) else words[word]


@cache
def _words() -> dict[str, str]:
    return {row["word"]: row["direction"] for row in shipped_rows("words", "directions.csv")}
