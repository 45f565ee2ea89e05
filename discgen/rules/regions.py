"""Places that are not the department's: another city's name, and 县委 in the paper of a city.

Names of provinces and of all regions of prefecture level are `schema/words/regions.csv` (GB/T 2260); of counties it has
those that are known to be needed.
"""

from __future__ import annotations

from msgspec import Struct

from discgen.model.department import Department, Level
from discgen.reference.folders import cache_shipped, shipped_rows


class _Region(Struct, frozen=True):
    name: str
    level: str
    above: str


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
    """The places that the department's region and name mention, with those above them."""
    names = f"{department.region.name} {department.name}"
    named = {name for name in _regions() if name in names}
    named |= {name for name, region in _regions().items() if region.level == "省级" and names.startswith(name[:2])}
    return named.union(*(_chain(name) for name in named))


def _chain(name: str) -> set[str]:
    """The places above a place."""
    above = _regions()[name].above
    return {above, *_chain(above)} if above else set()


def province_of(region: str) -> str:
    """The province of a region; itself where it is one, and empty where the list does not have it."""
    row = _regions().get(region)
    if row is None:
        return next((name for name, other in _regions().items() if not other.above and region.startswith(name)), "")
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
    """The level of a region by the list, else by the ending of its name; empty where neither helps."""
    row = _regions().get(region)
    if row is not None and row.level != "县级":
        return "市级" if row.level == "地级" else row.level
    if row is not None and region.endswith("市"):
        return "县级"
    endings = sorted((ending for ending in _LEVEL_OF_ENDING if region.endswith(ending)), key=len)
    return _LEVEL_OF_ENDING[endings[-1]] if endings else ""


@cache_shipped
def _regions() -> dict[str, _Region]:
    return {
        row["name"]: _Region(row["name"], row["level"], row["above"]) for row in shipped_rows("words", "regions.csv")
    }
