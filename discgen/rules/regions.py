"""Places that are not the department's: another city's name, and 县委 in the paper of a city.

Names of provinces and of all regions of prefecture level are `schema/words/regions.csv` (GB/T 2260); of counties it has
those that are known to be needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from discgen.diagnostics import Diagnostic, warning
from discgen.model.department import Department, Level
from discgen.resources import shipped_rows
from discgen.rules.case import Case
from discgen.rules.passages import BLANKED, texts_and_labels

_TITLES = re.compile("《[^《》]*》")
_CLAUSE = "，。；;：\n"
_WINDOW = 24
"""As many signs on either side may say why another place is named."""
_RIGHTLY = re.compile(
    "学习|考察|调研|交流|对标|借鉴|经验|对口|支援|援助|援建|帮扶|协作|合作|结对|共建|跨省|跨市|跨域|跨区|异地|外地|外省|赴|前往|来自|联合|周边|毗邻"
    "|相邻|邻近|通办|等地|等市|等省|往返|出差|驻|籍|转隶|调入|来访|客商|招商|培训|挂职|对接|设在|托管|注册|中标|供应商|采购自|参照|参考|比照|协议"
)
"""What speaks of other places: 赴太原市学习, 对口支援."""
_CALLED_AFTER = re.compile(
    "[^，。；、和与及]{0,12}?(?:公司|集团|大学|学院|学校|研究院|事务所|企业|医院|仲裁|法院|铁路|高速|机场|线路|展|博览|会议|大会|论坛|大赛|党校|基地|总部)"
)
"""Firms and schools are called after their place."""
_TITLE = 8
_ISSUER = re.compile("《$|中共$|关于(?:印发|转发|批转|下达|明确)$")
"""What stands in a title before the place whose paper it is: other papers may speak of any place."""
_LEVEL_WORDS = {
    "县": re.compile("县委(?![员托派])|县政府(?!采购)|[本我全]县(?![（(级市区域])"),
    "区": re.compile("区委、?区政府|[本我]区(?![域间别（(])"),
    "市": re.compile("市委、?市政府|[本我]市(?![场民（(])"),
}
_OF_OTHERS = re.compile(r"(?:各|每|该|某|指导|督促|协调|帮助|联系|对|与|向|和|及|治|、|（)[^，。；、]{0,4}$")
_ABOVE = {"省": "", "市": "", "区": "市", "县": "市", "旗": "市"}
"""What else than its own level a place may speak of."""


@dataclass(frozen=True, slots=True)
class _Region:
    name: str
    level: str
    above: str


def places_are_the_departments(case: Case) -> Iterator[Diagnostic]:
    """P043: no text names another province, city or county, unless it says what the department has to do with it.

    A paper of another place binds nobody here; one from above that speaks of several is cited as it is called.
    """
    foreign = foreign_places(case.disclosure.department)
    if not foreign:
        return
    pattern = re.compile("|".join(sorted(map(re.escape, foreign), key=lambda name: (-len(name), name))))
    for one in texts_and_labels(case):
        bare = _TITLES.sub(lambda title: BLANKED * len(title[0]), one.judged)
        found = list(pattern.finditer(bare))
        papers = [
            place
            for place in pattern.finditer(one.judged)
            if _ISSUER.search(one.judged, max(0, place.start() - _TITLE), place.start())
        ]
        named = {place[0] for place in found}
        for place in (*found, *papers):
            clause = _clause(place.string, *place.span())
            several = any(other != place[0] and other in clause for other in named)
            if not several and not _RIGHTLY.search(clause) and not _CALLED_AFTER.match(bare, place.end()):
                said = f"“{one.around(*place.span())}”里的“{place[0]}”不是{case.disclosure.department.region.name}"
                hint = "多半是照抄来的：改成本地的名称；确实说的是那里，写明去学习、对口支援或合作"
                yield warning("P043", said, one.at(place.start()), hint)


def levels_are_the_departments(case: Case) -> Iterator[Diagnostic]:
    """P045: a city does not speak of its 县委 or of 本县, nor a county of 本区."""
    region = case.disclosure.department.region
    own = "省" if region.level in (Level.PROVINCIAL, Level.CENTRAL) else region.name[-1:]
    if own not in _ABOVE or region.level is Level.CENTRAL:
        return
    yield from _renamed(case, own)
    for level, pattern in _LEVEL_WORDS.items():
        if level in (own, _ABOVE[own]):
            continue
        for one in texts_and_labels(case):
            bare = _TITLES.sub(lambda title: BLANKED * len(title[0]), one.judged)
            for found in pattern.finditer(bare):
                if not _OF_OTHERS.search(bare[max(0, found.start() - _WINDOW) : found.start()]):
                    said = f"“{one.around(*found.span())}”里写了“{found[0]}”，{region.name}不是{level}"
                    yield warning("P045", said, one.at(found.start()), f"改成{own}的说法；说的是下面的，写“各{level}”")


def _renamed(case: Case, own: str) -> Iterator[Diagnostic]:
    """The region's own name with another level, in titles too: 孝义县委 of 孝义市."""
    stem = case.disclosure.department.region.name[:-1]
    pattern = re.compile(f"{re.escape(stem)}(?P<level>[{''.join(_ABOVE)}])(?=委|政府|人民政府)")
    for one in texts_and_labels(case):
        for found in pattern.finditer(one.judged):
            if found["level"] != own:
                said = f"“{one.around(*found.span())}”里写了“{found[0]}”，应是{stem}{own}"
                yield warning("P045", said, one.at(found.start()), f"改成“{stem}{own}”")


def _clause(text: str, start: int, end: int) -> str:
    """What is said around a word, no further than the next stop."""
    before, after = text[max(0, start - _WINDOW) : start], text[end : end + _WINDOW]
    begin = max(before.rfind(stop) for stop in _CLAUSE) + 1
    stops = [at for at in map(after.find, _CLAUSE) if at >= 0]
    return before[begin:] + text[start:end] + after[: min(stops, default=len(after))]


def foreign_places(department: Department) -> set[str]:
    """The places that are surely not the department's, nor above or below it."""
    own, level = _own(department), department.region.level
    provinces = {name for name in own if _regions()[name].level == "省级"}
    nearer = own - provinces
    nearest = nearer.difference(*(_chain(name) for name in nearer))
    knows_city = bool(nearer) or level is Level.MUNICIPAL
    is_of_province = level in (Level.PROVINCIAL, Level.CENTRAL)

    def is_foreign(name: str) -> bool:
        if name in own or nearest & _chain(name):
            return False
        if province_of(name) in provinces:
            return knows_city and not is_of_province
        return bool(provinces) or (knows_city and _regions()[name].level != "省级")

    return {name for name in _regions() if is_foreign(name)}


def _own(department: Department) -> set[str]:
    """The places that the department's region and name tell, with those above them."""
    told = f"{department.region.name} {department.name}"
    named = {name for name in _regions() if name in told}
    named |= {name for name, region in _regions().items() if region.level == "省级" and told.startswith(name[:2])}
    return named.union(*(_chain(name) for name in named))


def _chain(name: str) -> set[str]:
    """The places above one."""
    above = _regions()[name].above
    return {above, *_chain(above)} if above else set()


def province_of(region: str) -> str:
    """The province of a region; itself where it is one, and empty where the list does not have it."""
    row = _regions().get(region)
    if row is None:
        return next((name for name, one in _regions().items() if not one.above and region.startswith(name)), "")
    return province_of(row.above) if row.above else region


_LEVEL_OF_ENDING = {
    "省": "省级",
    "自治区": "省级",
    "县": "县级",
    "旗": "县级",
    "区": "区级",
    "乡": "乡级",
    "镇": "乡级",
}
"""A 市 may be of either level."""


def level_of(region: str) -> str:
    """The level of a region, by the list, else by how its name ends; empty where neither tells."""
    row = _regions().get(region)
    if row is not None and row.level != "县级":
        return "市级" if row.level == "地级" else row.level
    if row is not None and region.endswith("市"):
        return "县级"
    endings = sorted((one for one in _LEVEL_OF_ENDING if region.endswith(one)), key=len)
    return _LEVEL_OF_ENDING[endings[-1]] if endings else ""


@cache
def _regions() -> dict[str, _Region]:
    return {
        row["name"]: _Region(row["name"], row["level"], row["above"]) for row in shipped_rows("words", "regions.csv")
    }
