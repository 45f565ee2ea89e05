"""Workbooks written part by part, as programs that are not spreadsheets, or strangers, write them."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from io import BytesIO
from typing import TypedDict, Unpack
from zipfile import ZIP_DEFLATED, ZipFile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
HEADS = ("单位名称", "功能分类科目编码", "部门经济分类", "支出类别", "项目名称", "资金性质", "金额（元）")
LINE = ("示范市档案局", "2010301", "30101", "人员类", "", "一般公共预算", 1000)
WORKS = ("示范市档案局", "2010399", "30201", "特定目标类", "库房改造", "一般公共预算", 270)


def package(parts: Mapping[str, str | bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return made.getvalue()


class Extra(TypedDict, total=False):
    """What a workbook may have besides the rows of its sheet."""

    before: str
    """What stands before the rows."""
    after: str
    formats: Mapping[int, str]
    """The codes of number formats by their ids; the cells of the first have style 1."""
    texts: str
    """The items of the shared texts."""
    properties: str
    """What stands before the list of sheets."""
    name: str
    parts: Mapping[str, str | bytes]


def workbook(data: str, **extra: Unpack[Extra]) -> bytes:
    """A workbook of one sheet, whose rows are `data`."""
    before, after, name = extra.get("before", ""), extra.get("after", ""), extra.get("name", "明细")
    properties, texts = extra.get("properties", ""), extra.get("texts", "")
    codes = extra.get("formats", {})
    styles = "".join(f'<numFmt numFmtId="{key}" formatCode="{escape(code)}"/>' for key, code in codes.items())
    cells = "".join(f'<xf numFmtId="{key}"/>' for key in (0, *codes))
    sheets = f'<sheets><sheet name="{name}" sheetId="1" r:id="r1"/></sheets>'
    relation = f'<Relationship Type="{_OFFICE}/{{}}" Target="{{}}" Id="{{}}"/>'
    listed = "".join(
        relation.format(*known)
        for known in (
            ("worksheet", "worksheets/sheet1.xml", "r1"),
            ("styles", "styles.xml", "r2"),
            ("sharedStrings", "sharedStrings.xml", "r3"),
        )
    )
    return package(
        {
            "_rels/.rels": f'<Relationships xmlns="{_RELATED}">{relation.format("officeDocument", "xl/workbook.xml", "r1")}</Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{properties}{sheets}</workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATED}">{listed}</Relationships>',
            "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts>{styles}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{texts}</sst>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{data}</sheetData>{after}</worksheet>',
            **extra.get("parts", {}),
        }
    )


def row(*values: object) -> str:
    """A row of cells without coordinates; what begins with `<c` is a cell already."""
    return f"<row>{''.join(map(_cell, values))}</row>"


def _cell(value: object) -> str:
    text = str(value)
    if text.startswith("<c"):
        return text
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text else "<c/>"


def ledger(*rows: str) -> str:
    """The heads of a ledger, one good line, and more rows."""
    return "".join((row(*HEADS), row(*LINE), *rows))


def with_cell(column: int, cell: str, line: tuple[object, ...] = LINE) -> str:
    """A line of a ledger with one cell as it stands in the part."""
    return row(*line[:column], cell, *line[column + 1 :])
