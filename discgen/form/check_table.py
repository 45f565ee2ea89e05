"""Checks of a table of a form, as its author wrote it: what its columns and rows can mean.

A finding stands at the key or the word that is wrong, with the words that are allowed there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from discgen.diagnostics import Diagnostic, DocumentPath, did_you_mean, error
from discgen.form.table_spec import DIMENSIONS_OF_MADE_ROWS, LABELLED
from discgen.ledger.check_questions import CodesThere, Demand, demands, wrong_demands, wrong_sources
from discgen.ledger.query import read_sources
from discgen.model.assets import COUNTS
from discgen.model.line import ANY, STAGES, Stage
from discgen.reference.codes import Classification, known_codes
from discgen.yamltext.tree import Tree

_SEPARATOR = "、"


def wrong_table(tree: Tree, kind: str, codes: CodesThere = known_codes) -> Iterator[Diagnostic]:
    """What is wrong with a table of a form for this kind of disclosure; the table is as its schema asks.

    `codes` are those of each classification that it may name.
    """
    data: Any = tree.root
    for number, block in enumerate(data["blocks"]):
        yield from _Block(tree, ("blocks", number), block, kind, codes).findings()


class _Block(Struct, frozen=True):
    """A block with its columns and rows, each with where it stands."""

    tree: Tree
    path: DocumentPath
    data: Mapping[str, Any]
    kind: str
    codes: CodesThere

    def findings(self) -> Iterator[Diagnostic]:
        columns = columns_of(self.tree, self.path, self.data["columns"])
        rows = rows_of(self.tree, self.path, self.data)
        names = [*columns.wrong_names(), *rows.wrong_names()]
        yield from names
        yield from columns.useless_keys()
        yield from rows.useless_keys()
        yield from self._wrong_labels(columns, rows)
        if not names:
            yield from self._wrong_parts(columns)
            yield from self._wrong_parts(rows)
            yield from self._loose_rows(rows)
        yield from self._wrong_questions(columns, rows)

    def _wrong_labels(self, columns: Axis, rows: Axis) -> Iterator[Diagnostic]:
        """M017, M018: fixed rows without a label where there is a column for it, and labels where there is none."""
        has_column = any(column.data.get("show") in LABELLED for column in columns.items)
        for row in rows.items:
            if "each" not in row.data and has_column and "label" not in row.data:
                yield error("M017", "这一行没有写label，印出来没有名称", self.tree.place(row.path), "加上label")
            elif not has_column and row.data.get("label"):
                message = "label在这里不起作用：这一块没有显示文字的列"
                yield error(
                    "M018", message, self.tree.key_place((*row.path, "label")), "删去label，或加一列show: label"
                )

    def _wrong_parts(self, axis: Axis) -> Iterator[Diagnostic]:
        """M014: `parts` and `under` that name what is not there, has no amounts, or is the whole itself."""
        for item in axis.items:
            for path, name in item.references():
                place = self.tree.place(path)
                if name not in axis.names:
                    hint = did_you_mean(name, axis.with_amounts, f"有：{_SEPARATOR.join(axis.with_amounts)}")
                    yield error("M014", f"没有叫“{name}”的{axis.called}", place, hint)
                elif name not in axis.with_amounts:
                    hint = f"有金额的：{_SEPARATOR.join(axis.with_amounts)}"
                    yield error("M014", f"“{name}”这{axis.called}没有金额，不能相加", place, hint)
                elif name in axis.wholes_of(item.name) or name == item.name:
                    yield error("M014", f"“{name}”不能是自己的分项", place, "只写加起来等于它的那几项")
            parts = item.data.get("parts", [])
            for index, part in enumerate(parts):
                if part in parts[:index]:
                    place = self.tree.place((*item.path, "parts", index))
                    yield error("M014", f"分项“{part}”写了两次", place, "删去一个")

    def _loose_rows(self, rows: Axis) -> Iterator[Diagnostic]:
        """M017: made rows that go under no row, where a total does not say what adds up to it."""
        whole = {name for item in rows.items for _, name in item.references() if "each" in item.data}
        for total in rows.items:
            if total.data.get("kind") == "total" and "parts" not in total.data and total.name not in whole:
                for row in rows.items:
                    each = row.data.get("each")
                    if each and "under" not in row.data and "under" in _MADE.get(each, _UNDER):
                        message = f"逐项的行没有写归入哪一行，合计“{total.name}”也没有写parts"
                        place = self.tree.place((*row.path, "each"))
                        yield error("M017", message, place, f"加上under: {total.name}；不然尾差不注，也不核对合计")

    def _wrong_questions(self, columns: Axis, rows: Axis) -> Iterator[Diagnostic]:
        """M012, M013: what table, row and column ask for together, each finding once."""
        reported: set[tuple[object, str]] = set()
        for finding in self._asked(columns, rows):
            if (finding.place, finding.code) not in reported:
                reported.add((finding.place, finding.code))
                yield finding

    def _asked(self, columns: Axis, rows: Axis) -> Iterator[Diagnostic]:
        own = self._demands(self.path, self.data)
        amounts = [column for column in columns.items if column.has_amounts]
        for row in rows.items:
            made = self._made(row.path, row.data)
            if made:  # the rows are made from the block's own lines
                yield from self._question(self.path, self.data, [*own, *made])
            if not row.has_amounts:
                continue
            asked = [*own, *(made or self._demands(row.path, row.data))]
            for column in amounts:
                asking = next((item for item in (row, column) if "source" in item.data), None)
                demanded = [*asked, *self._demands(column.path, column.data)]
                path, data = (asking.path, asking.data) if asking else (self.path, self.data)
                yield from self._question(path, data, demanded)

    def _question(self, path: DocumentPath, data: Mapping[str, Any], asked: list[Demand]) -> Iterator[Diagnostic]:
        """What is wrong with the demands on the source that is written at a path."""
        sources = read_sources(data["source"])
        own = STAGES[self.kind]
        if any(demand.dimension == "stage" for demand in asked):
            yield from _late(asked, own)
        else:
            yield from wrong_sources(sources, own, self.tree.place((*path, "source")))
        yield from wrong_demands(asked, sources, self.codes)

    def _demands(self, path: DocumentPath, data: Mapping[str, Any]) -> list[Demand]:
        return demands(self.tree, (*path, "where"), data.get("where", {}))

    def _made(self, path: DocumentPath, data: Mapping[str, Any]) -> list[Demand]:
        """The demands of made rows: each value there is."""
        place = self.tree.place((*path, "each"))
        return [
            Demand(dimension, ANY, (), place) for dimension in DIMENSIONS_OF_MADE_ROWS.get(data.get("each", ""), ())
        ]


def _late(asked: list[Demand], own: Stage) -> Iterator[Diagnostic]:
    """M013: 全年预算 or 决算 in a budget, which has not come so far: the cells would be blank."""
    for demand in asked:
        for later in (Stage.ADJUSTED, Stage.EXECUTED):
            if demand.dimension == "stage" and own is Stage.APPROVED and later in demand.values:
                yield error("M013", f"预算没有{later}（{later.label}）", demand.place, f"可以是：{Stage.APPROVED}")


_HEAD = ("label", "columns")
_TEXT = ("label", "key", "show", "width")
_MADE: Mapping[str, tuple[str, ...]] = {
    "function_class": ("present", "without", "numbered", "under"),
    "department_economic_catalogue": ("first", "last", "present", "without", "not_applicable"),
    "project_by_unit": ("under", "depth"),
}
_UNDER = ("under",)
"""The keys that a kind of made rows takes besides `each`: some their own, the others `under`."""
_ONLY_MADE = ("present", "without", "numbered", "first", "last", "not_applicable", "under")
_CODES_IN = ("without", "not_applicable")
"""Keys of made rows that list codes."""
_WITHOUT_AMOUNTS = ("heading", "blank")
_ASKING = ("where", "source", "parts")


class AxisItem(Struct, frozen=True):
    """A column or a row, where it stands, and whether it has amounts of its own."""

    name: str
    path: DocumentPath
    data: Mapping[str, Any]
    has_amounts: bool

    def references(self) -> Iterator[tuple[DocumentPath, str]]:
        """The names that its `parts` and `under` refer to, and where."""
        for index, part in enumerate(self.data.get("parts", ())):
            yield (*self.path, "parts", index), part
        if "under" in self.data and "each" in self.data:
            yield (*self.path, "under"), self.data["under"]


class Axis(Struct, frozen=True, dict=True):
    """All columns of a block, or all its rows. Messages call an item `called`; its name stands under the key `named_by`."""

    tree: Tree
    called: str
    named_by: str
    items: tuple[AxisItem, ...]
    heads: tuple[tuple[DocumentPath, Mapping[str, Any]], ...] = ()

    @cached_property
    def names(self) -> list[str]:
        """The names that other items can refer to."""
        return [item.name for item in self.items if item.name]

    @cached_property
    def with_amounts(self) -> list[str]:
        """Of the names, those that have amounts to add up."""
        return [item.name for item in self.items if item.name and item.has_amounts]

    def wholes_of(self, name: str) -> set[str]:
        """The items of which this is a part, directly or through others."""
        wholes: set[str] = set()
        below = {name}
        while below:
            below = {item.name for item in self.items if below & set(item.data.get("parts", ()))} - wholes
            wholes |= below
        return wholes

    def wrong_names(self) -> Iterator[Diagnostic]:
        """M014, M017: items without a name, or with another's."""
        first: dict[str, AxisItem] = {}
        for index, item in enumerate(self.items):
            if "each" in item.data:
                yield from self._made_twice(item, self.items[:index])
                continue
            if not item.name:
                message = f"这一{self.called}没有写{self.named_by}"
                yield error("M017", message, self.tree.place(item.path), f"加上{self.named_by}，一块之内不重名")
            elif item.name in first:
                line = self.tree.place((*first[item.name].path, self.named_by)).line
                message = f"已有叫“{item.name}”的{self.called}（第{line}行）"
                yield error("M014", message, self.tree.place((*item.path, self.named_by)), "换一个名称")
            else:
                first[item.name] = item

    def _made_twice(self, item: AxisItem, before: Sequence[AxisItem]) -> Iterator[Diagnostic]:
        """M014: rows that others of the block are, too."""
        for other in before:
            if other.data.get("each") == item.data["each"] and _overlap(other.data, item.data):
                message = f"这些行第{self.tree.place(other.path).line}行已经有了"
                yield error("M014", message, self.tree.place((*item.path, "each")), "只留一处；按目录列的，首尾不重叠")

    def useless_keys(self) -> Iterator[Diagnostic]:
        """M018: keys that do nothing where they stand; M017: those without which it does nothing."""
        for path, data in self.heads:
            yield from self._useless(path, data, _HEAD, "有下层的表头不是一列")
        for item in self.items:
            yield from self._of_row(item) if self.called == "行" else self._of_column(item)

    def _of_column(self, item: AxisItem) -> Iterator[Diagnostic]:
        if "show" in item.data:
            yield from self._useless(item.path, item.data, _TEXT, "显示文字的列不填金额")
        if ("width" in item.data) != any("width" in other.data for other in self.items):
            place = self.tree.place(item.path)
            yield error("M018", f"列“{item.name}”没有写width，别的列写了", place, "各列都写，或都不写")

    def _of_row(self, item: AxisItem) -> Iterator[Diagnostic]:
        each = item.data.get("each")
        if each:
            yield from self._useless(
                item.path, item.data, ("each", *_MADE.get(each, _UNDER)), f"按{each}逐项的行不用它"
            )
            classification = Classification.FUNCTION
            if each == "department_economic_catalogue":
                classification = Classification.DEPARTMENT_ECONOMIC
                for key in ("first", "last"):
                    if key not in item.data:
                        message = f"按{each}逐项的行没有写{key}"
                        yield error("M017", message, self.tree.place(item.path), f"加上{key}: 科目编码")
            for key in _CODES_IN:
                for index, code in enumerate(item.data.get(key, ())):
                    if str(code) not in known_codes(classification):
                        place = self.tree.place((*item.path, key, index))
                        yield error("M016", f"{classification.label}里没有{code}", place, "写科目的编码")
            return
        useless = [*_ONLY_MADE, *([] if item.has_amounts else _ASKING)]
        yield from self._useless(
            item.path, item.data, [key for key in item.data if key not in useless], "这样的行不用它"
        )
        if "count" in item.data and item.data["count"] not in COUNTS:
            place = self.tree.place((*item.path, "count"))
            yield error("M016", f"没有“{item.data['count']}”这个数目", place, f"有：{'、'.join(COUNTS)}")

    def _useless(
        self, path: DocumentPath, data: Mapping[str, Any], used: Sequence[str], why: str
    ) -> Iterator[Diagnostic]:
        for key in data:
            if key not in used:
                place = self.tree.key_place((*path, key))
                yield error("M018", f"{key}在这里不起作用：{why}", place, f"删去{key}；能写的有：{'、'.join(used)}")


def columns_of(tree: Tree, path: DocumentPath, written: Sequence[Mapping[str, Any]]) -> Axis:
    """The columns of a block at this path, its heads apart."""
    items: list[AxisItem] = []
    heads: list[tuple[DocumentPath, Mapping[str, Any]]] = []

    def gather(above: DocumentPath, columns: Sequence[Mapping[str, Any]]) -> None:
        for index, data in enumerate(columns):
            here = (*above, "columns", index)
            if "columns" in data:
                heads.append((here, data))
                gather(here, data["columns"])
            else:
                items.append(AxisItem(data.get("key", ""), here, data, "show" not in data))

    gather(path, written)
    return Axis(tree, "列", "key", tuple(items), tuple(heads))


def rows_of(tree: Tree, path: DocumentPath, block: Mapping[str, Any]) -> Axis:
    """The rows of a block, and those of its foot."""
    items = [
        AxisItem(data.get("id", ""), (*path, part, index), data, _has_amounts(data))
        for part in ("rows", "foot")
        for index, data in enumerate(block.get(part, ()))
    ]
    return Axis(tree, "行", "id", tuple(items))


def _has_amounts(row: Mapping[str, Any]) -> bool:
    return "count" not in row and row.get("kind") not in _WITHOUT_AMOUNTS


def _overlap(rows: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two runs of made rows have rows in common: of a catalogue, unless one ends before the other begins."""
    if "first" not in rows or "first" not in other:
        return True
    return not (rows.get("last", "") < other["first"] or other.get("last", "") < rows["first"])
