"""What the cell of a project's name holds that no name may be, by the schema of names, told before anything is composed."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from discgen.validate.library import load_schema, property_schema
from discgen.validate.schema import matches

_UNFILLED = {"null", "none", "nan"}
"""What programs write into a cell that they have nothing for."""
_MOST_SHOWN = 20


@lru_cache(maxsize=5_000)
def name_trouble(name: str) -> str:
    """Why a text can be no project's name, in Chinese; '' where it can."""
    schema = _schema()
    if name.strip().lower() in _UNFILLED:
        return f"项目名称写着“{name}”，是导出时没有内容的样子，写上名称"
    if len(name) > schema["maxLength"]:
        return f"项目名称“{name[:_MOST_SHOWN]}…”太长：有{len(name)}个字，最多{schema['maxLength']}个"
    if not matches(schema["pattern"], name):
        return f"“{name}”不能作项目名称：{schema['patternErrorMessage']}"
    return ""


@cache
def _schema() -> dict[str, Any]:
    return property_schema(load_schema("project"), "name")
