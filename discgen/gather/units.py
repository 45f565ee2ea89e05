"""What is found about the units of a department: what does not say whose it is, who has no document, who is kept elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct

from discgen.diagnostics import Diagnostic, DocumentPath, Place, did_you_mean, error, has_errors, warning
from discgen.gather.reader import Reader, of_facts
from discgen.load.target import DEPARTMENTS, KINDS, UNITS, Target
from discgen.model.department import Department, Unit
from discgen.model.disclosure import Disclosure
from discgen.model.line import Line, Lines, Source
from discgen.yamltext.tree import Tree

_STATED = ("procurement", "assets", "performance", "counts", "reception")
"""What a file of facts states once, or in a list once for each unit."""


class KeptApart(Struct, frozen=True):
    """A unit that has a folder of its own below `departments/`, and its facts there."""

    unit: Unit
    disclosure: Disclosure


def without_unit(disclosure: Disclosure, units: Collection[str]) -> list[Diagnostic]:
    """M031, M032 where units publish documents of their own: rows that do not say whose they are, and units without one."""
    if not units:
        return []
    return [
        *_rows_without_unit(disclosure),
        *_units_without_row(disclosure, units),
        *_units_without_document(disclosure, units),
    ]


def _rows_without_unit(disclosure: Disclosure) -> Iterator[Diagnostic]:
    hint = f"单位各自公开的，每一行都写unit：{_known(disclosure.department)}"
    facts = disclosure.trees()[disclosure.place.file]
    declared = [part.lines for part in (disclosure.declared_prior, disclosure.declared_approved) if part]
    rows = dict.fromkeys(
        _row(line.place.path)
        for lines in (disclosure.lines, disclosure.prior_executed, *declared)
        for line in _lines_without_unit(lines)
        if line.place.file == facts.file
    )
    for path in rows:
        yield error("M031", "这一行没有写unit，不知道是哪个单位的", facts.place(path), hint)
    for key in _STATED:
        if isinstance(_at(facts, key), dict):
            example = f"{key}:下面一个单位一项，以“- unit: {disclosure.department.units[0].id}”开头"
            yield error("M031", f"{key}没有分单位写，单位的文件里会没有", facts.key_place((key,)), example)


def _units_without_row(disclosure: Disclosure, units: Collection[str]) -> Iterator[Diagnostic]:
    """Units with a document of which nothing is said where the others are spoken of: it would say that they have nothing."""
    facts = disclosure.trees()[disclosure.place.file]
    for key in ("procurement", "assets"):
        rows = _at(facts, key)
        if isinstance(rows, list):
            told = {row.get("unit") for row in rows if isinstance(row, dict)}
            for unit in disclosure.department.units:
                if unit.id in units and unit.id not in told and not unit.folder:
                    message = f"{key}里没有{unit.short_name}，它的文件会说没有"
                    yield error(
                        "M031", message, facts.key_place((key,)), f"加一项，以“- unit: {unit.id}”开头；没有的写0"
                    )


def _at(facts: Tree, key: str) -> object:
    """What a file of facts has at a key of its own; None where it has nothing there."""
    return facts.root.get(key) if isinstance(facts.root, dict) else None


def _lines_without_unit(lines: Lines) -> Iterator[Line]:
    for source, own in lines.items():
        if source is not Source.PROCUREMENT:
            yield from (line for line in own if line.unit is None and line.amount)


def _row(path: DocumentPath) -> DocumentPath:
    """The row that a value belongs to."""
    last = max((at for at, step in enumerate(path) if isinstance(step, int)), default=len(path) - 1)
    return path[: last + 1]


def _units_without_document(disclosure: Disclosure, units: Collection[str]) -> Iterator[Diagnostic]:
    spent = {line.unit for lines in disclosure.lines.values() for line in lines if line.amount}
    for unit in disclosure.department.units:
        if unit.id in spent and unit.id not in units and not unit.folder:
            file = f"{UNITS}/{unit.id}/{KINDS[disclosure.target.kind].narrative}"
            hint = f"加上{file}；不单独公开的，在waivers.yaml里说明"
            yield warning("M032", f"{unit.name}有收支，没有自己的文件：没有{file}", disclosure.place, hint)


def wrong_unit(disclosure: Disclosure, target: Target) -> list[Diagnostic]:
    """M030: a folder of units/ that is called like no unit of the year. M037: one whose unit is kept elsewhere as well."""
    department = disclosure.department
    if not department.has_unit(target.unit):
        known = [unit.id for unit in department.units]
        hint = did_you_mean(target.unit, known, f"文件夹的名称是单位的代号：{_known(department)}")
        return [error("M030", f"{disclosure.year}年没有代号为“{target.unit}”的单位", target.place, hint)]
    folder = department.unit(target.unit).folder
    if folder:
        message = f"这个单位在{DEPARTMENTS}/{folder}里自己编，这里又有一份"
        return [error("M037", message, target.place, "移走这个文件夹；或删去department.yaml里这个单位的folder")]
    return []


def unknown_last_year(last_year: Disclosure) -> list[Diagnostic]:
    """M034: last year's files do not say whose their lines are, so that a unit has no last year."""
    lines = list(_lines_without_unit(last_year.lines))
    if not lines:
        return []
    place = lines[0].place
    message = f"上年有{len(lines)}笔没有写unit，单位的文件里不知道上年数，不作比较"
    return [warning("M034", message, place, "在上年的文件里给每一行补上unit，已经公开的内容不变")]


def units_kept_apart(reader: Reader, disclosure: Disclosure) -> tuple[tuple[KeptApart, ...], list[Diagnostic]]:
    """The units that have folders of their own, with their facts; M036 for each that cannot be compared, and why."""
    found: list[KeptApart] = []
    findings: list[Diagnostic] = []
    for at, unit in enumerate(disclosure.department.units):
        if unit.folder == disclosure.target.department:
            message = "folder写的是部门自己的文件夹，没有核对这个单位的数"
            findings.append(
                warning("M036", message, _place_of_unit(disclosure, at), "写单位自己的文件夹；没有的，删去folder")
            )
        elif unit.folder:
            target = Target(unit.folder, disclosure.year, disclosure.target.kind)
            facts, others = reader.usable_facts(target)
            if facts:
                found.append(KeptApart(unit, facts))
            else:
                why = "有错误" if has_errors(of_facts(others)) else "没有找到"
                findings.append(_not_compared(disclosure, at, f"{target.place.file}{why}，没有核对这个单位的数"))
    return tuple(found), findings


def _not_compared(disclosure: Disclosure, at: int, message: str) -> Diagnostic:
    hint = "把单位的文件夹放进departments/，改好它的错误；还没有的，暂时删去folder"
    return warning("M036", message, _place_of_unit(disclosure, at), hint)


def _place_of_unit(disclosure: Disclosure, at: int) -> Place:
    return disclosure.files[0].place(("units", at, "folder"))


def _known(department: Department) -> str:
    return "、".join(f"{unit.id}（{unit.short_name}）" for unit in department.units)
