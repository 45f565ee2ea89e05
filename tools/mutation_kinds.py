"""Kinds of slips, each a pattern of what it is made in and what is made of it.

A kind that is not about one figure or word (a code that is swapped with another) matches what holds both.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from discgen.reference.codes import Classification, load_dictionary


@dataclass(frozen=True, slots=True)
class Draw:
    """What a slip is drawn from: chance, and the year of the file."""

    chance: random.Random
    year: int


Change = Callable[[re.Match[str], Draw], str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of slips: its title in the table, what it is made in, and what is made of that."""

    title: str
    pattern: str
    change: Change
    files: str = r"(?!waivers\.)"
    """How the file's path within the year's folder begins."""
    within: str = r"(?s:.+)"
    """The stretches of a file in which `pattern` is looked for."""

    def matches(self, folder: Path) -> Iterator[tuple[Path, re.Match[str]]]:
        """Every place in the year's files where a slip of the kind can be made."""
        within, pattern = re.compile(self.within, re.MULTILINE), re.compile(self.pattern, re.MULTILINE)
        for path in sorted(folder.rglob("*.yaml")):
            if re.match(self.files, path.relative_to(folder).as_posix()):
                text = path.read_text(encoding="utf-8")
                for part in within.finditer(text, text.index("\n")):
                    yield from ((path, found) for found in pattern.finditer(text, *part.span()))


def _section(*names: str) -> str:
    """A section of a file: its head and what is indented below it."""
    return rf"^ *(?:{'|'.join(names)}):(?: *#.*)?\n(?:[ #].*\n|\n(?=[ #]))*"


def _to(*choices: str) -> Change:
    """One of some texts in place of what is there; `{}` in them is what was there."""
    return lambda found, draw: draw.chance.choice(choices).replace("{}", found[0])


def _size(*factors: str) -> Change:
    """A figure that is as many times as large."""
    return lambda found, draw: f"{(Decimal(found[0]) * Decimal(draw.chance.choice(factors))).normalize():f}"


def _digit(found: re.Match[str], draw: Draw) -> str:
    old = found[0]
    at = draw.chance.choice([n for n, sign in enumerate(old) if sign.isdigit()])
    return old[:at] + str((int(old[at]) + draw.chance.randint(1, 9)) % 10) + old[at + 1 :]


def _nought(found: re.Match[str], draw: Draw) -> str:
    return draw.chance.choice((f"{found[0]}0", found[0][:-1] or f"{found[0]}0"))


def _first_digit(found: re.Match[str], draw: Draw) -> str:
    return draw.chance.choice([one for one in "123456789" if one != found[0][0]]) + found[0][1:]


def _code(classification: Classification) -> Change:
    """Another code of the same length, or the same ending under another head (30101, 30201)."""

    def change(found: re.Match[str], draw: Draw) -> str:
        old = found[0]
        others = [
            one for one in load_dictionary(classification, draw.year).names if len(one) == len(old) and one != old
        ]
        akin = [one for one in others if one[3:] == old[3:] and one[:1] == old[:1]]
        return draw.chance.choice(draw.chance.choice((akin or others, others)))

    return change


def _shift(*years: int) -> Change:
    return lambda found, draw: str(int(found[0]) + draw.chance.choice(years))


def _without_sign(found: re.Match[str], draw: Draw) -> str:
    at = draw.chance.randrange(len(found[0]))
    return found[0][:at] + found[0][at + 1 :]


def _swapped(found: re.Match[str], draw: Draw) -> str:
    """Two lines of a section that have changed their values over."""
    lines = found[0].splitlines(keepends=True)
    values = {n: line.partition(": ")[2] for n, line in enumerate(lines) if re.match(r" +\d+: ", line)}
    pairs = [(a, b) for a in values for b in values if a < b and values[a] != values[b]]
    for at, other in draw.chance.sample(pairs, min(1, len(pairs))):
        lines[at] = lines[at].replace(values[at], values[other])
        lines[other] = lines[other].replace(values[other], values[at])
    return "".join(lines)


def _unit(found: re.Match[str], _: Draw) -> str:
    return "元" if found[0] == "万元" else "万元"


def _turned(found: re.Match[str], _: Draw) -> str:
    """30万 for 30万元, 月/元 for 元/月."""
    return "/".join(reversed(found[0].split("/"))) if "/" in found[0] else "万"


def _awaited(found: re.Match[str], draw: Draw) -> str:
    return f"{found[0]}预计{draw.year - draw.chance.choice((1, 2))}年完成，"


def _percent(found: re.Match[str], draw: Draw) -> str:
    moved, size = draw.chance.choice(("增长", "减少")), draw.chance.randint(100, 6000) / 100
    return f"{found[0]}，比上年{moved}{size:.2f}%"


def _counted(found: re.Match[str], draw: Draw) -> str:
    what = draw.chance.choice(("下属单位{}个", "共{}个项目", "内设{}个科室"))
    return f"{found[0]}，{what.format(draw.chance.randint(40, 99))}"


_FIGURE = r"(?<=: )(?<!function: )(?<!department: )(?<!government: )(?<!code: )(?<!year: )"
_AMOUNT = rf"{_FIGURE}-?[0-9]{{4,}}(?:\.[0-9]+)?(?=[,}}\s])"
_ITEM = r"^( *)- .*\n(?:\1 {2,}[^\s-].*\n)*"
_DATA, _NARRATIVE, _SHEETS = "budget|accounts", ".*narrative", "projects|goal_sheets|evaluations"
_MONEY = _section("income", "expenditure", "basic", "amounts").replace("^ *", "^")  # those of prior stand further in
_BEFORE = _section("prior", "approved")
_CODED = r"^(?:reasons_by_code|purposes):.*\n(?:  \d+: .*\n)+"
_COSTS = r"成本(?:指标)?:\n(?: +- .*\n)+"
_CHINESE = r"[\u4e00-\u9fff]"
_PROSE = rf"(?:(?<=: )|(?<=- ))(?=[^\n#{{]*{_CHINESE})[^\n#{{}}\[]{{8,}}$"
_LABEL = r"(?:(?<=name: )|(?<=target: ))[^,{}\n]{2,}"
_REASON = rf"(?<=: ){_CHINESE}[^\n]*?(?=。?$)"
_REASONS = _section("reasons", "reasons_by_code", "purposes")
_TERMS = (
    *(
        "国有资金经营预算",
        "国有资本经管预算",
        "一般公共预祘",
        "政府性基金预筭",
        "财政波款",
        "职工年金",
        "住房公基金",
        "住房公积",
    ),
    *(
        "基本养老保验",
        "机关运转经费",
        "机关运行费经",
        "公务用车运行维护维费",
        "公务用车购制费",
        "公务接侍费",
        "因公出国（镜）费",
    ),
)
_OLD_CLASSES = ("医疗卫生与计划生育支出", "国土海洋气象等支出", "文化体育与传媒支出", "资源勘探信息等支出")
_CITIES = ("太原市", "临汾市", "运城市", "大同市", "杭州市", "郑州市")

KINDS: dict[str, Kind] = {
    "reconciled": Kind("对账的金额改一位", _AMOUNT, _digit, f"{_DATA}|projects", _MONEY),
    "amount": Kind("改一位金额", _AMOUNT, _digit),
    "nought": Kind("多写或少写一位", rf"{_FIGURE}[1-9][0-9]*(?=[,}}\n])", _nought),
    "unit": Kind("元写成万元", rf"{_FIGURE}[1-9][0-9]{{4,}}(?=[,}}\s])", _size("0.0001")),
    "drop": Kind("漏一行", _ITEM, _to("")),
    "twice": Kind("一行写两遍", _ITEM, _to("{}{}")),
    "twice_data": Kind("一行写两遍（预算、决算）", _ITEM, _to("{}{}"), _DATA),
    "code": Kind("换一个功能科目", r"(?<=function: )[0-9]{7}", _code(Classification.FUNCTION)),
    "item": Kind("换一个部门经济科目", r"(?<=department: )[0-9]{5}", _code(Classification.DEPARTMENT_ECONOMIC)),
    "pair": Kind("换一个政府经济科目", r"(?<=government: )[0-9]{5}", _code(Classification.GOVERNMENT_ECONOMIC)),
    "name": Kind("名称少一个字", r"(?<=name: )[^,{}\n]{3,}", _without_sign),
    "year": Kind("年份写错", r"20[0-9]{2}(?=年|-|$)", _shift(-10, -2, -1, 1)),
    "prior_drop": Kind("上年、年初预算漏一行", _ITEM, _to(""), _DATA, _BEFORE),
    "prior_digit": Kind("上年、年初预算改一位", _AMOUNT, _digit, _DATA, _BEFORE),
    "prior_size": Kind("上年、年初预算十倍、万倍", _AMOUNT, _size("10", "0.1", "10000"), _DATA, _BEFORE),
    "prior_sign": Kind("上年、年初预算写成负数", r"(?<=amount: )[1-9]", _to("-{}"), _DATA, _BEFORE),
    "prior_fund": Kind(
        "上年、年初预算换一种资金",
        "fund: general, (?=amount: [1-9])|(?<!general, )(?=amount: [1-9])",
        _to("fund: government_fund, ", "fund: unit_funds, ", "fund: other_income, "),
        _DATA,
        _BEFORE,
    ),
    "prior_code": Kind(
        "上年、年初预算换一类", r"(?<=function: )[0-9]{3}\b", _code(Classification.FUNCTION), _DATA, _BEFORE
    ),
    "period_size": Kind(
        "实施期资金十倍、万倍", r"(?<=whole_period: \{local: )[1-9]\d*", _size("10", "0.1", "10000"), _SHEETS
    ),
    "period_digit": Kind("实施期资金错第一位", r"(?<=whole_period: \{local: )[1-9]\d*", _first_digit, _SHEETS),
    "assets": Kind(
        "资产十倍、万倍", rf"{_FIGURE}[1-9][\d.]*(?=[,}}\s])", _size("10", "10000"), _DATA, _section("assets")
    ),
    "swap": Kind("两个科目的原因、用途对调", r"(?s:.+)", _swapped, _NARRATIVE, _CODED),
    "word": Kind("文字里一个词写两遍", rf"{_CHINESE}{{2}}", _to("{}{}"), within=_PROSE),
    "sign": Kind("文字里一个字写两遍", _CHINESE, _to("{}{}"), within=_PROSE),
    "label_word": Kind("名称、指标值里一个词写两遍", rf"{_CHINESE}{{2}}", _to("{}{}"), within=_LABEL),
    "label_sign": Kind("名称、指标值里一个字写两遍", _CHINESE, _to("{}{}"), within=_LABEL),
    "cost_size": Kind("成本指标十倍、百倍", r"\d+(?:\.\d+)?(?=万?元)", _size("10", "100"), _SHEETS, _COSTS),
    "cost_unit": Kind("成本指标元和万元写混", r"(?<=\d)万?元", _unit, _SHEETS, _COSTS),
    "cost_bare": Kind("成本指标单位倒写、缺字", r"万元(?=\})|元/\w+", _turned, _SHEETS, _COSTS),
    "bound": Kind("比率的≥写成≤", r"≥(?=[\d.]+%)", _to("≤"), _SHEETS),
    "awaited": Kind("目标表里预计往年完成", r"^ +(?:plan|measures|necessity|basis): ", _awaited, _SHEETS),
    "percent": Kind("手写的增减幅度", _REASON, _percent, _NARRATIVE, _REASONS),
    "counted": Kind("手写的个数", _REASON, _counted, _NARRATIVE, _section("reasons", "reasons_by_code", "notes")),
    "class": Kind("以前年份的类名", _REASON, _to(*(f"{{}}，{one}增加" for one in _OLD_CLASSES)), _NARRATIVE, _REASONS),
    "term": Kind("固定用语错一个字", _REASON, _to(*(f"{{}}，{one}增加" for one in _TERMS)), _NARRATIVE, _REASONS),
    "count": Kind(
        "数目写错",
        rf"{_FIGURE}[0-9]{{1,3}}(?=[,}}\s])",
        lambda found, draw: str(abs(int(found[0]) + draw.chance.choice((-1, 1, 10)))),
        _DATA,
        _section("performance", "counts", "vehicles", "purchases"),
    ),
    "waived": Kind("豁免写的数变了", r"(?<=count: )\d+|(?<=says: ).*\d.*", _digit, "waivers"),
    "lost": Kind("少一个文件", r"(?s:.+)", _to(""), _SHEETS),
    "city": Kind("别的市的名称", rf"(?<={_CHINESE})(?=[，。])", _to(*(f"（{one}）" for one in _CITIES)), within=_PROSE),
    "own_city": Kind("本市写成别的市", "吕梁市|忻州市|孝义市|上海市", _to(*_CITIES), within=rf"{_PROSE}|{_LABEL}"),
    "level": Kind("市委、区委写成县委", "市委|区委", _to("县委"), within=_PROSE),
    "hanging": Kind("多出的标点", r"。$|(?<!。)$", _to("。；", "、", "。;", "，", "：", "；。"), within=_PROSE),
    "title": Kind("一份文件列两遍", "《[^《》\n]+》", _to("{}、{}", "{}{}"), within=_PROSE),
    "odd": Kind(
        "坏字",
        rf"(?<={_CHINESE})(?={_CHINESE})",
        _to(*"\ufffd\u202e\u2f2f\u200b\ufffc\u2060\ue000\u3164"),
        within=rf"{_PROSE}|{_LABEL}",
    ),
}
"""The kinds of slips, by name."""
