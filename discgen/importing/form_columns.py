"""The heads of a published table to the columns of the form's table, whatever words a bureau has for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from discgen.form.table_spec import BlockSpec, ColumnSpec
from discgen.importing.amounts import is_number
from discgen.importing.amounts_unit import amounts_unit
from discgen.importing.form_title import FormSheet
from discgen.importing.heads import find_head_rows, head_paths, meaning_of_head
from discgen.importing.trouble import ColumnTrouble, ImportTroubleError
from discgen.importing.words import load_words, without_unit
from discgen.model.line import FISCAL_FUNDS


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of the sheet as one of the table; `more` is what its heads say beyond the table's own."""

    at: int
    label: str
    block: int
    spec: ColumnSpec
    more: Mapping[str, str]
    unit: str = ""


def form_columns(found: FormSheet, year: int, unit: str, ignored: Sequence[str]) -> tuple[range, list[FormColumn]]:
    """The rows of heads, and the columns under them. Raises ImportTroubleError for those that are not understood."""
    sheet, troubles = found.sheet, list[str]()
    leaves = [
        (number, leaf, path) for number, block in enumerate(found.spec.blocks) for leaf, path in _leaves(block, year)
    ]
    words = load_words()
    known = {part for _, _, path in leaves for part in path} | words.neutral | words.totals
    known |= {word for by_word in words.values.values() for word in by_word}
    rows = find_head_rows(sheet, known)
    if rows is None:
        raise ImportTroubleError([f"{sheet.title} 是“{found.title}”，找不到表头"])
    paths = {at: path for at, path in enumerate(head_paths(sheet, rows)) if path}
    matched = _matched(paths, leaves)
    columns = []
    for at, path in paths.items():
        label = "".join("/".join(path).split())
        if at in matched:
            number, leaf, more = matched[at]
            unit_of = "" if leaf.show else amounts_unit(sheet, rows, path, at, unit)
            if not leaf.show and not unit_of:
                troubles.append(f"{sheet.cell(rows[-1], at)} 没有写金额的单位，用--unit 元或--unit 万元说明")
            columns.append(FormColumn(at, label, number, leaf, more, unit_of))
        elif label not in ignored and any(is_number(row[at]) for row in sheet.rows[rows.stop :]):
            said = f"“{found.title}”里没有“{label}”这一栏，用--ignore-column '{label}'说明不导入"
            troubles.append(ColumnTrouble(f"{sheet.cell(rows[-1], at)} {said}", label))
    if troubles:
        raise ImportTroubleError(troubles)
    return rows, columns


def _leaves(block: BlockSpec, year: int) -> Iterator[tuple[ColumnSpec, tuple[str, ...]]]:
    """The columns of a block with their heads from the top, as `plain` has them."""

    def below(column: ColumnSpec, above: tuple[str, ...]) -> Iterator[tuple[ColumnSpec, tuple[str, ...]]]:
        label = without_unit(column.label.format(year=year))
        path = (*above, label) if label and above[-1:] != (label,) else above
        if not column.columns:
            yield column, path
        for inner in column.columns:
            yield from below(inner, path)

    for column in block.columns:
        yield from below(column, ())


Leaf = tuple[int, ColumnSpec, tuple[str, ...]]
Match = tuple[int, ColumnSpec, Mapping[str, str]]


def _matched(paths: Mapping[int, tuple[str, ...]], leaves: Sequence[Leaf]) -> dict[int, Match]:
    """The table's columns by those of the sheet: same heads first, then heads of the same meaning, then finer ones."""
    bare = {at: tuple(map(without_unit, path)) for at, path in paths.items()}
    found: dict[int, Match] = {}
    for key in (tuple, _canonical):
        taken = {id(leaf) for _, leaf, _ in found.values()}
        free = [one for one in leaves if id(one[1]) not in taken]
        for number, leaf, path in free:
            at = next((at for at in bare if at not in found and key(bare[at]) == key(path)), None)
            if at is not None:
                found[at] = (number, leaf, {})
    for at in bare.keys() - found.keys():
        finer = _finer(_canonical(bare[at]), leaves)
        if finer:
            found[at] = finer
    return dict(sorted(found.items()))


def _canonical(path: tuple[str, ...]) -> tuple[str, ...]:
    """Heads by their meaning, without those that add none."""
    meant: list[str] = []
    for part in path:
        meaning = meaning_of_head(part)
        if meaning is None:
            meant.append(re.sub(r"部门|预算|单位|支出(?=经济)", "", part))
        meant += [f"{name}={value}" for name, value in (meaning or {}).items()]
    return tuple(dict.fromkeys(meant))


def _finer(path: tuple[str, ...], leaves: Sequence[Leaf]) -> Match | None:
    """A column that says more of the money than the table's own under the same head."""
    above = [
        (number, leaf, start)
        for number, leaf, heads in leaves
        if not leaf.show and path[: len(start := _canonical(heads))] == start
    ]
    if not above:
        return None
    number, leaf, start = max(above, key=lambda one: len(one[2]))
    more = dict(part.split("=") for part in path[len(start) :] if "=" in part)
    return (number, leaf, more) if more and len(more) == len(path) - len(start) else None


def meaning_of_column(column: FormColumn) -> str:
    """What a column was taken for, in Chinese."""
    if column.spec.show:
        return _TEXTS.get(column.spec.show, "文字")
    titles = load_words().titles
    where = {**column.spec.where, **{name: (value,) for name, value in column.more.items()}}
    said = [
        _FISCAL
        if name == "fund" and set(values) == {*FISCAL_FUNDS}
        else "、".join(titles.get(value, value) for value in values)
        for name, values in where.items()
    ]
    return f"{'，'.join(said)}金额，{column.unit}"


_FISCAL = "财政拨款"
_TEXTS = {
    "label": "项目",
    "code": "科目编码",
    "name": "科目名称",
    "class_code": "科目编码的类",
    "group_code": "科目编码的款",
    "item_code": "科目编码的项",
    "department_economic_name": "部门经济科目名称",
    "government_economic_name": "政府经济科目名称",
    "line_number": "行次，不导入",
    "remark": "不导入",
}
"""What the columns of text are, by what they show."""
