"""R rules on units that have folders of their own: their documents add up to the department's (勾稽)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from discgen.diagnostics import Diagnostic, Place
from discgen.ledger.ledger import Ledger
from discgen.ledger.query import CLASSIFICATION_OF, UnknownDimensionError
from discgen.model.disclosure import Disclosure
from discgen.model.line import STAGES, Line, Source, total
from discgen.money import in_yuan
from discgen.reference.vocabulary import name_of
from discgen.rules.case import Case
from discgen.rules.registry import finding, rule

_BY: Mapping[Source, Sequence[str]] = {
    Source.INCOME: ("function_code", "income_code", "fund", "origin"),
    Source.EXPENDITURE: ("function_code", "nature", "fund", "origin"),
    Source.BASIC: ("department_economic_code", "government_economic_code", "fund", "origin"),
    Source.PROJECT: ("function_code", "fund", "origin"),
    Source.THREE_PUBLIC: ("item", "fund"),
    Source.AGENCY_OPERATION: (),
    Source.PROCUREMENT: ("item",),
    **dict.fromkeys(
        (Source.OPENING_BALANCE, Source.CLOSING_BALANCE, Source.SURPLUS_USED, Source.SURPLUS_DISTRIBUTED),
        ("function_code", "fund"),
    ),
}
"""What the lines of a source are compared by."""
_WORDS = {"nature": "nature", "fund": "fund", "origin": "origin"}
_ITEMS = {Source.THREE_PUBLIC: "three_public_item", Source.PROCUREMENT: "procurement_item"}
_UNSAID = {("fund", "general"), ("origin", "current")}
"""What goes without saying."""

Key = tuple[str | None, ...]


class _Side(Struct, frozen=True):
    """Lines of a department, or of its units, and where they would stand."""

    name: str
    ledger: Ledger
    units: frozenset[str]
    """The units whose lines they are; empty for all."""
    place: Place

    def lines(self, source: Source) -> tuple[Line, ...] | None:
        """The lines of a source; None where nothing is known of it."""
        try:
            lines = self.ledger.lines(source)
        except UnknownDimensionError:
            return None
        return tuple(line for line in lines if not self.units or line.unit in self.units)


@rule("R040")
def units_add_up(case: Case) -> Iterator[Diagnostic]:
    """R040: what a department says of a unit is what the unit says in its own folder; of all together, where lines do not
    say whose they are.
    """
    apart = case.kept_apart
    if not apart:
        return
    disclosure = case.disclosure
    for source in _BY:
        ours = _Side("部门", case.ledger, frozenset(), disclosure.place).lines(source)
        if ours is None:
            continue
        if all(line.unit or not line.amount for line in ours):
            for unit, own in apart:
                left = _Side("部门", case.ledger, frozenset((unit.id,)), disclosure.place)
                yield from _differences(source, left, [_side_of(unit.short_name, own)], disclosure)
        elif len(apart) == len(disclosure.department.units):
            left = _Side("部门", case.ledger, frozenset(), disclosure.place)
            yield from _differences(source, left, [_side_of(unit.short_name, own) for unit, own in apart], disclosure)
    yield from _counted(case)


def _side_of(name: str, disclosure: Disclosure) -> _Side:
    ledger = Ledger(disclosure.lines, disclosure.department, STAGES[disclosure.target.kind])
    return _Side(name, ledger, frozenset(), disclosure.place)


def _differences(source: Source, left: _Side, right: Sequence[_Side], disclosure: Disclosure) -> Iterator[Diagnostic]:
    """Each difference between a department and units of it, with both places."""
    ours, theirs = left.lines(source), [side.lines(source) for side in right]
    if ours is None or None in theirs:
        return
    by_key = _by_key(source, ours), _by_key(source, [line for lines in theirs for line in lines or ()])
    name = "、".join(side.name for side in right) if len(right) == 1 else "各单位合计"
    for key in sorted(by_key[0].keys() | by_key[1].keys(), key=str):
        own, others = (side.get(key, []) for side in by_key)
        if total(own) != total(others):
            place = own[0].place if own else left.place
            other = others[0].place if others else right[0].place
            amounts = f"部门的文件是{in_yuan(total(own))}，{name}的文件{_amount(total(others), bool(others))}"
            yield finding("R040", f"{_called(source, key, disclosure)}：{amounts}", place, f"另一处在{other}；改成一致")


def _amount(amount: Decimal, is_written: bool) -> str:  # noqa: FBT001
    return f"是{in_yuan(amount)}" if is_written else "没有"


def _by_key(source: Source, lines: Iterable[Line]) -> dict[Key, list[Line]]:
    grouped: dict[Key, list[Line]] = {}
    for line in lines:
        grouped.setdefault(tuple(getattr(line, name) for name in _BY[source]), []).append(line)
    return grouped


def _called(source: Source, key: Key, disclosure: Disclosure) -> str:
    """What is compared, in the words of a budget: 支出 2010301 行政运行（基本支出）."""
    said = {name: value for name, value in zip(_BY[source], key, strict=True) if value and (name, value) not in _UNSAID}
    codes = [
        f"{code} {disclosure.dictionaries[CLASSIFICATION_OF[name]].names.get(code, '')}".strip()
        for name, code in said.items()
        if name in CLASSIFICATION_OF
    ]
    words = [name_of(_WORDS[name], value) for name, value in said.items() if name in _WORDS]
    words += [name_of(_ITEMS[source], value) for name, value in said.items() if name == "item"]
    return " ".join([source.label, *codes]) + (f"（{'、'.join(words)}）" if words else "")


def _counted(case: Case) -> Iterator[Diagnostic]:
    """The same of what is counted: vehicles, and projects with goals."""
    ours = case.disclosure
    if len(case.kept_apart) < len(ours.department.units):
        return
    theirs = [disclosure for _, disclosure in case.kept_apart]
    assets = [own.assets for own in theirs if own.assets]
    if ours.assets and len(assets) == len(theirs):
        owned = sum(own.owned_vehicles.total for own in assets)
        yield from _count(
            "实有车辆", "辆", ours.assets.owned_vehicles.total, owned, (ours.assets.place, assets[0].place)
        )
    stated = [own.performance for own in theirs if own.performance]
    if ours.performance and len(stated) == len(theirs):
        projects = sum(own.projects for own in stated)
        places = (ours.performance.place, stated[0].place)
        yield from _count("绩效管理的项目", "个", ours.performance.projects, projects, places)


def _count(what: str, measure: str, ours: int, theirs: int, places: tuple[Place, Place]) -> Iterator[Diagnostic]:
    if ours != theirs:
        message = f"{what}：部门的文件是{ours}{measure}，各单位合计的文件是{theirs}{measure}"
        yield finding("R040", message, places[0], f"另一处在{places[1]}；改成一致")
