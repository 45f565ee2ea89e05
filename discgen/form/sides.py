"""The columns or the rows of a block as they are written: what each is called, and which of its keys do anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from discgen.codes.dictionary import Classification, known_codes
from discgen.diagnostics import Diagnostic, DocumentPath, error
from discgen.load.tree import Tree
from discgen.model.assets import COUNTS

_HEAD = ("label", "columns")
_TEXT = ("label", "key", "show", "width")
_MADE: Mapping[str, tuple[str, ...]] = {
    "function_class": ("present", "without", "numbered", "under"),
    "department_economic_catalogue": ("first", "last", "not_applicable"),
    "project_by_unit": ("under", "depth"),
}
"""The keys that a kind of made rows takes besides `each`; the others take `under`."""
_ONLY_MADE = ("present", "without", "numbered", "first", "last", "not_applicable", "under")
LABELLED = ("label", "code", "department_economic_name", "name")
"""Where the label of a fixed row stands: in the first of these columns that the block has."""
_CODES = {"without": Classification.FUNCTION, "not_applicable": Classification.DEPARTMENT_ECONOMIC}
"""Keys of made rows that list codes."""
_WITHOUT_AMOUNTS = ("heading", "blank")
_ASKING = ("where", "source", "parts")


@dataclass(frozen=True)
class Item:
    """A column or a row, where it stands, and whether it has amounts of its own."""

    name: str
    path: DocumentPath
    data: Mapping[str, Any]
    has_amounts: bool

    def spoken_of(self) -> Iterator[tuple[DocumentPath, str]]:
        """The names that its `parts` and `under` say, and where."""
        for at, part in enumerate(self.data.get("parts", ())):
            yield (*self.path, "parts", at), part
        if "under" in self.data and "each" in self.data:
            yield (*self.path, "under"), self.data["under"]


@dataclass(frozen=True)
class Side:
    """All columns of a block, or all its rows. `called` is what messages call one, `named_by` the key of its name."""

    tree: Tree
    called: str
    named_by: str
    items: tuple[Item, ...]
    heads: tuple[tuple[DocumentPath, Mapping[str, Any]], ...] = ()

    @cached_property
    def names(self) -> list[str]:
        """Those that others can speak of."""
        return [item.name for item in self.items if item.name]

    @cached_property
    def with_amounts(self) -> list[str]:
        """Of the names, those that have amounts to add up."""
        return [item.name for item in self.items if item.name and item.has_amounts]

    def wholes_of(self, name: str) -> set[str]:
        """The items that count this one among their parts, near or far."""
        found: set[str] = set()
        below = {name}
        while below:
            below = {item.name for item in self.items if below & set(item.data.get("parts", ()))} - found
            found |= below
        return found

    def wrong_names(self) -> Iterator[Diagnostic]:
        """M014, M017: items without a name, or with another's."""
        first: dict[str, Item] = {}
        for at, item in enumerate(self.items):
            if "each" in item.data:
                yield from self._made_twice(item, self.items[:at])
                continue
            if not item.name:
                said = f"这一{self.called}没有写{self.named_by}"
                yield error("M017", said, self.tree.place(item.path), f"加上{self.named_by}，一块之内不重名")
            elif item.name in first:
                line = self.tree.place((*first[item.name].path, self.named_by)).line
                said = f"已有叫“{item.name}”的{self.called}（第{line}行）"
                yield error("M014", said, self.tree.place((*item.path, self.named_by)), "换一个名称")
            else:
                first[item.name] = item

    def _made_twice(self, item: Item, before: Sequence[Item]) -> Iterator[Diagnostic]:
        """M014: rows that others of the block are, too."""
        for other in before:
            if other.data.get("each") == item.data["each"] and _overlap(other.data, item.data):
                said = f"这些行第{self.tree.place(other.path).line}行已经有了"
                yield error("M014", said, self.tree.place((*item.path, "each")), "只留一处；按目录列的，首尾不重叠")

    def useless_keys(self) -> Iterator[Diagnostic]:
        """M018: keys that do nothing where they stand; M017: those without which it does nothing."""
        for path, data in self.heads:
            yield from self._useless(path, data, _HEAD, "有下层的表头不是一列")
        for item in self.items:
            yield from self._of_row(item) if self.called == "行" else self._of_column(item)

    def _of_column(self, item: Item) -> Iterator[Diagnostic]:
        if "show" in item.data:
            yield from self._useless(item.path, item.data, _TEXT, "显示文字的列不填金额")
        if ("width" in item.data) != any("width" in other.data for other in self.items):
            place = self.tree.place(item.path)
            yield error("M018", f"列“{item.name}”没有写width，别的列写了", place, "各列都写，或都不写")

    def _of_row(self, item: Item) -> Iterator[Diagnostic]:
        each = item.data.get("each")
        if each:
            yield from self._useless(
                item.path, item.data, ("each", *_MADE.get(each, ("under",))), f"按{each}逐项的行不用它"
            )
            if each == "department_economic_catalogue":
                for key in ("first", "last"):
                    if key not in item.data:
                        said = f"按{each}逐项的行没有写{key}"
                        yield error("M017", said, self.tree.place(item.path), f"加上{key}: 科目编码")
            for key, classification in _CODES.items():
                for at, code in enumerate(item.data.get(key, ())):
                    if str(code) not in known_codes(classification):
                        place = self.tree.place((*item.path, key, at))
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


def columns_of(tree: Tree, path: DocumentPath, written: Sequence[Mapping[str, Any]]) -> Side:
    """The columns of a block at this path, its heads apart."""
    items: list[Item] = []
    heads: list[tuple[DocumentPath, Mapping[str, Any]]] = []

    def gather(above: DocumentPath, columns: Sequence[Mapping[str, Any]]) -> None:
        for at, data in enumerate(columns):
            here = (*above, "columns", at)
            if "columns" in data:
                heads.append((here, data))
                gather(here, data["columns"])
            else:
                items.append(Item(data.get("key", ""), here, data, "show" not in data))

    gather(path, written)
    return Side(tree, "列", "key", tuple(items), tuple(heads))


def rows_of(tree: Tree, path: DocumentPath, block: Mapping[str, Any]) -> Side:
    """The rows of a block, and those of its foot."""
    items = [
        Item(data.get("id", ""), (*path, part, at), data, _has_amounts(data))
        for part in ("rows", "foot")
        for at, data in enumerate(block.get(part, ()))
    ]
    return Side(tree, "行", "id", tuple(items))


def _has_amounts(row: Mapping[str, Any]) -> bool:
    return "count" not in row and row.get("kind") not in _WITHOUT_AMOUNTS


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two runs of made rows have rows in common: of a catalogue, unless one ends before the other begins."""
    if "first" not in one or "first" not in other:
        return True
    return not (one.get("last", "") < other["first"] or other.get("last", "") < one["first"])
