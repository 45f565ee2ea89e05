"""The lines of a document as a Tabular Data Package whose fields bear the types of a Fiscal Data Package.

Sources: https://specs.frictionlessdata.io/tabular-data-package/ and, for `columnType`,
https://specs.frictionlessdata.io/fiscal-data-package--budgets/ (1.0-rc.1).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from discgen.document import Document
from discgen.export.as_csv import COLUMNS, lines_csv
from discgen.export.names import document_name
from discgen.ledger.query import VALUES_OF
from discgen.model.line import Source

_TITLES = {
    "year": "年度",
    "source": "来源：同一笔钱可以在几个来源里各写一遍，不能跨来源相加",
    "stage": "阶段：年初预算、全年预算、决算",
    "fund": "资金性质",
    "origin": "当年安排或上年结转",
    "nature": "支出性质",
    "component": "人员经费或公用经费",
    "unit": "单位代号",
    "unit_name": "单位",
    "unit_kind": "单位性质",
    "income_code": "收入分类科目编码",
    "income_name": "收入分类科目",
    "function_code": "支出功能分类科目编码",
    "function_name": "支出功能分类科目",
    "department_economic_code": "部门预算支出经济分类科目编码",
    "department_economic_name": "部门预算支出经济分类科目",
    "government_economic_code": "政府预算支出经济分类科目编码",
    "government_economic_name": "政府预算支出经济分类科目",
    "project": "项目代号",
    "project_name": "项目",
    "category": "其他运转类或特定目标类",
    "item": "“三公”经费或政府采购的一项",
    "amount": "金额，元",
    "file": "事实所在的文件",
    "line": "事实所在的行",
}
_COLUMN_TYPES = {
    "year": "date:fiscal-year",
    "stage": "phase:id",
    "fund": "fin-source:generic:code",
    "nature": "expenditure-type:code",
    "unit": "administrative-classification:generic:code",
    "unit_name": "administrative-classification:generic:label",
    "function_code": "functional-classification:generic:code",
    "function_name": "functional-classification:generic:label",
    "department_economic_code": "economic-classification:generic:code",
    "department_economic_name": "economic-classification:generic:label",
    "project": "activity:generic:project:code",
    "project_name": "activity:generic:project:label",
    "amount": "value",
}
"""The types of the taxonomy, each of which may be borne once: 政府预算支出经济分类 and income go without."""
_TYPES = {"year": "integer", "amount": "number", "line": "integer"}
_REQUIRED = ("year", "source", "stage", "amount", "file", "line")
_VALUES: Mapping[str, tuple[str, ...]] = {"source": tuple(Source), **VALUES_OF}
"""What a field may hold, where that is a closed list."""


def as_datapackage(document: Document) -> dict[str, bytes]:
    """`datapackage.json` and `lines.csv`, which has no mark: the package says its encoding."""
    described = json.dumps(_package(document), ensure_ascii=False, indent=2) + "\n"
    return {"datapackage.json": described.encode(), "lines.csv": lines_csv(document.disclosure).encode()}


def _package(document: Document) -> dict[str, Any]:
    disclosure = document.disclosure
    target = disclosure.target
    return {
        "profile": "tabular-data-package",
        "name": re.sub(r"[^a-z0-9._-]", "-", f"{target.department}-{target.year}-{target.kind}".lower()),
        "title": document_name(document),
        "countryCode": "CN",
        "regionName": disclosure.department.region.name,
        "fiscalPeriod": {"start": f"{disclosure.year}-01-01", "end": f"{disclosure.year}-12-31"},
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "lines",
                "path": "lines.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": [_field(name) for name in COLUMNS], "missingValues": [""]},
            }
        ],
    }


def _field(name: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": _TYPES.get(name, "string"), "title": _TITLES[name]}
    if name in _COLUMN_TYPES:
        field["columnType"] = _COLUMN_TYPES[name]
    if name == "amount":
        field["currency"] = "CNY"
    constraints: dict[str, Any] = {"required": True} if name in _REQUIRED else {}
    if name in _VALUES:
        constraints["enum"] = list(_VALUES[name])
    return field | ({"constraints": constraints} if constraints else {})
