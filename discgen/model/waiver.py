"""Waivers: findings that a department explains instead of mending, each with its place, its reason and its last year."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from discgen.diagnostics import Diagnostic, DocumentPath, Place, error, in_order, warning
from discgen.load.target import Target
from discgen.model.record import Record
from discgen.reference.folders import data_folder
from discgen.yamltext.tree import Node, Tree

_ROW = ("waivers", 0)
"""A path as long as that of a row."""
_MOST_NAMED = 3
"""How many places a hint names."""
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_UNIT = re.compile("[年月日天元万亿%份个项套分人次张辆台]{0,2}")
_NAMED = re.compile(r"“[^“”]*”|[\w./*-]+\.yaml")
"""Names, whose digits are no figures of the finding: the path says of which it is."""
_NAMING = ("name", "id", "function", "code", "department", "government", "item", "unit", "fund")
"""Keys whose values an item may be called by, the best first."""
_STEP = re.compile(r"\[([^\]]+)\]|([^.\[\]]+)")
_BEGINNING = 12
"""Characters by which a text is called."""
_NOWHERE = object()
"""What a step leads to that the file does not have."""


class Waiver(Struct, frozen=True):
    """What a row of `waivers.yaml` excuses: `count` findings of a code in the files of the year that `at` matches.

    `path` is where in the file, by names (`show_named`); empty: anywhere in it. `says` is a part of
    what the findings say, a figure as a rule, so that another figure is not excused; empty: whatever they say.
    """

    code: str
    at: str
    path: str
    count: int
    reason: str
    until: int
    place: Place
    says: str = ""

    def is_about(self, files: Iterable[str]) -> bool:
        """Whether it means any of these files of the year."""
        return any(fnmatchcase(file, self.at) for file in files)

    def is_of(self, finding: Diagnostic, target: Target) -> bool:
        """Whether the finding has its code and stands in its files."""
        return finding.code == self.code and fnmatchcase(target.below_year(finding.place.file), self.at)

    def __str__(self) -> str:
        return f"{self.at}的{self.path}" if self.path else self.at


class Waived(Struct, frozen=True):
    """A finding that is explained, and the row that explains it."""

    finding: Diagnostic
    waiver: Waiver


class Scope(Struct, frozen=True):
    """What waivers are held against: the document that they are for, and the content of its files by their names."""

    target: Target
    roots: Mapping[str, Node]

    def covered(self, waiver: Waiver, findings: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The findings that a waiver is about."""
        return [
            finding
            for finding in findings
            if waiver.is_of(finding, self.target)
            and waiver.says in finding.message
            and is_below(self.roots.get(finding.place.file), finding.place.path, waiver.path)
        ]

    def nearby(self, waiver: Waiver, findings: Iterable[Diagnostic]) -> str:
        """Where in its files there are findings of its code, as `path` would say it."""
        places = (finding.place for finding in findings if waiver.is_of(finding, self.target))
        shown = (show_named(self.roots.get(place.file), place.path) for place in places)
        return "、".join([path for path in dict.fromkeys(shown) if path][:_MOST_NAMED])


def build_waivers(tree: Tree, spoilt: Collection[DocumentPath] = ()) -> tuple[Waiver, ...]:
    """The waivers of a `waivers.yaml`, but those in which there are errors, being at the `spoilt` places."""
    if any(len(path) < len(_ROW) for path in spoilt):
        return ()
    wrong = {path[: len(_ROW)] for path in spoilt}
    rows = [row for row in Record(tree, (), "元", []).each("waivers") if row.path not in wrong]
    return tuple(
        Waiver(
            code=row.text("code"),
            at=row.text("at"),
            path=row.optional("path"),
            says=row.optional("says"),
            count=int(row.optional("count", "1")),
            reason=row.text("reason"),
            until=int(row.text("until")),
            place=row.tree.place(row.path),
        )
        for row in rows
    )


def apply_waivers(
    findings: Iterable[Diagnostic], waivers: Iterable[Waiver], scope: Scope
) -> tuple[list[Diagnostic], list[Waived]]:
    """The findings that are left, those about the waivers among them, and the findings that are explained.

    A waiver may be W001 not needed, W002 past its year, W003 about another number of findings than it says, W004
    without all figures, so that another would be excused too. Where there are more findings than it says, none is
    excused: which of them is new nobody can know. Rows with a `path` come first, so that a row about the whole file
    counts what they leave; of these, rows that quote a message before those that do not.
    """
    left = in_order(findings)
    about_waivers: list[Diagnostic] = []
    waived: list[Waived] = []
    for waiver in sorted(waivers, key=lambda waiver: (not waiver.path, not waiver.says)):
        covered = scope.covered(waiver, left) if waiver.until >= scope.target.year else []
        about_waivers += _judge(waiver, covered, left, scope)
        if len(covered) <= waiver.count:
            waived += [Waived(finding, waiver) for finding in covered]
            left = [finding for finding in left if finding not in covered]
    return [*left, *about_waivers], waived


def _judge(
    waiver: Waiver, covered: Sequence[Diagnostic], findings: Sequence[Diagnostic], scope: Scope
) -> Iterator[Diagnostic]:
    if waiver.until < scope.target.year:
        message = f"豁免{waiver.code}只到{waiver.until}年"
        yield error("W002", message, waiver.place, "改正数据后删去这一条；仍要豁免的，重新说明理由并改until")
    elif not covered and not (data_folder("schema") / "rules" / waiver.code).is_dir():
        hint = "照抄检查结果里的编号，例如G014"
        yield warning("W001", f"没有编号{waiver.code}，这一条豁免不了什么", waiver.place, hint)
    elif not covered and (other := scope.covered(replace(waiver, says=""), findings)):
        message = f"{waiver.code}说的不再是“{waiver.says}”（{waiver}）"
        hint = f"现在说的是：{other[0].message}。重新核对，确应豁免的，改成 says: {_quoted(other[0].message)}"
        yield warning("W001", message, waiver.place, hint)
    elif not covered:
        nearby = scope.nearby(waiver, findings)
        hint = f"这里的{waiver.code}在：{nearby}" if nearby else "删去这一条，或核对code、at和path"
        yield warning("W001", f"没有{waiver.code}要豁免（{waiver}）", waiver.place, hint)
    elif len(covered) != waiver.count:
        message = f"豁免{waiver.code}说的是{waiver.count}个，检查出{len(covered)}个（{waiver}）"
        yield warning("W003", message, waiver.place, _how_to_count(waiver, covered, scope))
    elif waiver.count == 1 and not _quotes_all(waiver, covered[0].message):
        message = f"豁免{waiver.code}没有写全豁免时的数，数变了也不会指出（{waiver}）"
        yield warning("W004", message, waiver.place, f"核对后写上 says: {_quoted(covered[0].message)}")


def _figures(text: str) -> list[re.Match[str]]:
    """The figures that a message speaks of, those in names left out."""
    return list(_FIGURE.finditer(_NAMED.sub(lambda name: " " * len(name[0]), text)))


def _quotes_all(waiver: Waiver, message: str) -> bool:
    quoted = {figure[0] for figure in _FIGURE.finditer(waiver.says)}
    return all(figure[0] in quoted for figure in _figures(message))


def _quoted(message: str) -> str:
    """What of a message holds all its figures: 31个，自评报告只有16份."""
    figures = _figures(message)
    if not figures:
        return f"'{message}'" if "'" not in message else message
    unit = _UNIT.match(message, figures[-1].end())
    return message[figures[0].start() : unit.end() if unit else figures[-1].end()]


def _how_to_count(waiver: Waiver, covered: Sequence[Diagnostic], scope: Scope) -> str:
    if len(covered) < waiver.count:
        return f"已经改好一些：count改成{len(covered)}"
    where = scope.nearby(waiver, covered)
    narrower = f"；只豁免一处的，用path写明：{where}" if "、" in where else ""
    return f"先逐个核对；都应当豁免的，写count: {len(covered)}{narrower}"


def show_named(root: Node, path: DocumentPath) -> str:
    """The path by names; it ends above an item that has none."""
    shown = ""
    for step, node in _walk(root, path):
        if isinstance(step, str):
            shown += f".{step}" if shown else step
            continue
        names = _names_of_item(node)
        if not names:
            break
        shown += f"[{names[0][:_BEGINNING]}]"
    return shown


def is_below(root: Node, path: DocumentPath, written: str) -> bool:
    """Whether the path leads to what is `written` by names, or to something inside it."""
    wanted = [(step[1], step[2]) for step in _STEP.finditer(written)]
    steps = list(_walk(root, path))
    return len(wanted) <= len(steps) and all(
        step == key if isinstance(step, str) else bool(item) and _is_called(node, item)
        for (item, key), (step, node) in zip(wanted, steps, strict=False)
    )


def find_named(root: Node, written: str) -> DocumentPath:
    """The path that is `written` by names; its last key need not be there yet.

    Raises LookupError where no item is called so, or more than one.
    """
    path: list[str | int] = []
    node: object = root
    for match in _STEP.finditer(written):
        items = node if isinstance(node, list) else []
        steps = [match[2]] if match[2] else [number for number, item in enumerate(items) if _is_called(item, match[1])]
        if node is _NOWHERE or len(steps) != 1:
            raise LookupError(f"{written}: {match[0]}")
        path += steps
        node = _below(cast("Node", node), steps[0])
    return tuple(path)


def _walk(root: Node, path: DocumentPath) -> Iterator[tuple[str | int, Node]]:
    """Each step with what it leads to, as far as the path is written."""
    node = root
    for step in path:
        below = _below(node, step)
        if below is _NOWHERE:
            return
        node = cast("Node", below)
        yield step, node


def _below(node: Node, step: str | int) -> object:
    if isinstance(node, dict) and isinstance(step, str):
        return node.get(step, _NOWHERE)
    if isinstance(node, list) and isinstance(step, int) and step < len(node):
        return node[step]
    return _NOWHERE


def _names_of_item(item: Node) -> list[str]:
    """What an item may be called; of a code that its name follows, the code."""
    if isinstance(item, dict):
        values = [str(item[key]) for key in _NAMING if isinstance(item.get(key), str)]
        return [re.sub(r"^(\d{3,7}) .*", r"\1", value) for value in values]
    text = item.strip() if isinstance(item, str) else ""
    return [re.split(r"[\[\]\n]", text)[0]] if text else []


def _is_called(item: Node, name: str) -> bool:
    names = _names_of_item(item)
    return name in names if isinstance(item, dict) else any(text.startswith(name) for text in names)
