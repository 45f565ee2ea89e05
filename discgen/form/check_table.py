"""A table of a form, as its author wrote it, held to what its columns and rows can mean.

What is found stands at the key or the word that is wrong, with the words that are allowed there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from discgen.diagnostics import Diagnostic, DocumentPath, did_you_mean, error
from discgen.form.sides import LABELLED, Side, columns_of, rows_of
from discgen.ledger.asked import Demand, demands, wrong_demands, wrong_sources
from discgen.ledger.query import read_sources
from discgen.load.tree import Tree
from discgen.model.line import STAGES, Stage
from discgen.model.sources import ANY

_SEPARATOR = "、"


ASKED_BY_EACH: Mapping[str, tuple[str, ...]] = {
    "function_code": ("function_code",),
    "income_code": ("income_code",),
    "function_class": ("function_code",),
    "economic_pair": ("department_economic_code", "government_economic_code"),
    "department_economic_code": ("department_economic_code",),
    "department_economic_catalogue": ("department_economic_code",),
    "unit": ("unit",),
    "project": ("project",),
    "project_by_unit": ("unit", "project"),
}
"""The dimensions that lines must know for rows to be made of them."""


def wrong_table(tree: Tree, kind: str) -> Iterator[Diagnostic]:
    """What is wrong with a table of a form for this kind of disclosure; the table is as its schema asks."""
    data: Any = tree.root
    for number, block in enumerate(data["blocks"]):
        yield from _Block(tree, ("blocks", number), block, kind).findings()


@dataclass(frozen=True, slots=True)
class _Block:
    """A block with its columns and rows, each with where it stands."""

    tree: Tree
    path: DocumentPath
    data: Mapping[str, Any]
    kind: str

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
        yield from self._wrong_questions(columns, rows)

    def _wrong_labels(self, columns: Side, rows: Side) -> Iterator[Diagnostic]:
        """M017, M018: fixed rows without a label where there is a column for it, and labels where there is none."""
        has_column = any(column.data.get("show") in LABELLED for column in columns.items)
        for row in rows.items:
            if "each" not in row.data and has_column and "label" not in row.data:
                yield error("M017", "这一行没有写label，印出来没有名称", self.tree.place(row.path), "加上label")
            elif not has_column and row.data.get("label"):
                said = "label在这里不起作用：这一块没有显示文字的列"
                yield error("M018", said, self.tree.key_place((*row.path, "label")), "删去label，或加一列show: label")

    def _wrong_parts(self, side: Side) -> Iterator[Diagnostic]:
        """M014: `parts` and `under` that name what is not there, has no amounts, or is the whole itself."""
        for item in side.items:
            for path, name in item.spoken_of():
                place = self.tree.place(path)
                if name not in side.names:
                    hint = did_you_mean(name, side.with_amounts, f"有：{_SEPARATOR.join(side.with_amounts)}")
                    yield error("M014", f"没有叫“{name}”的{side.called}", place, hint)
                elif name not in side.with_amounts:
                    hint = f"有金额的：{_SEPARATOR.join(side.with_amounts)}"
                    yield error("M014", f"“{name}”这{side.called}没有金额，不能相加", place, hint)
                elif name in side.wholes_of(item.name) or name == item.name:
                    yield error("M014", f"“{name}”不能是自己的分项", place, "只写加起来等于它的那几项")
            parts = item.data.get("parts", [])
            for at, part in enumerate(parts):
                if part in parts[:at]:
                    place = self.tree.place((*item.path, "parts", at))
                    yield error("M014", f"分项“{part}”写了两次", place, "删去一个")

    def _wrong_questions(self, columns: Side, rows: Side) -> Iterator[Diagnostic]:
        """M012, M013: what table, row and column ask for together, each told once."""
        told: set[tuple[object, str]] = set()
        for finding in self._asked(columns, rows):
            if (finding.place, finding.code) not in told:
                told.add((finding.place, finding.code))
                yield finding

    def _asked(self, columns: Side, rows: Side) -> Iterator[Diagnostic]:
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
                of = next((item for item in (row, column) if "source" in item.data), None)
                demanded = [*asked, *self._demands(column.path, column.data)]
                yield from self._question(of.path if of else self.path, of.data if of else self.data, demanded)

    def _question(self, path: DocumentPath, data: Mapping[str, Any], asked: list[Demand]) -> Iterator[Diagnostic]:
        """What is wrong with the demands on the source that is written at a path."""
        sources = read_sources(data["source"])
        own = STAGES[self.kind]
        if any(one.dimension == "stage" for one in asked):
            yield from _late(asked, own)
        else:
            yield from wrong_sources(sources, own, self.tree.place((*path, "source")))
        yield from wrong_demands(asked, sources)

    def _demands(self, path: DocumentPath, data: Mapping[str, Any]) -> list[Demand]:
        return demands(self.tree, (*path, "where"), data.get("where", {}))

    def _made(self, path: DocumentPath, data: Mapping[str, Any]) -> list[Demand]:
        """What rows that are made ask for: each value there is."""
        place = self.tree.place((*path, "each"))
        return [Demand(dimension, ANY, (), place) for dimension in ASKED_BY_EACH.get(data.get("each", ""), ())]


_LATER = {Stage.ADJUSTED: "全年预算", Stage.EXECUTED: "决算"}


def _late(asked: list[Demand], own: Stage) -> Iterator[Diagnostic]:
    """M013: 全年预算 or 决算 in a budget, which has not come so far: the cells would be blank."""
    for demand in asked:
        for later, title in _LATER.items():
            if demand.dimension == "stage" and own is Stage.APPROVED and later in demand.values:
                yield error("M013", f"预算没有{later}（{title}）", demand.place, f"可以是：{Stage.APPROVED}")
