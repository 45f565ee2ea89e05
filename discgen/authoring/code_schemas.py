"""The dictionaries to schemas for editors, `schema/codes/*.schema.json`: what one shows and completes where a code is asked for.

They allow every value: which codes there are in a year, and what a department adds, only the program knows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from discgen.reference.codes import ALWAYS, Classification, OwnCode
from discgen.reference.folders import shipped_rows

DIGITS: dict[Classification, tuple[str, ...]] = {
    Classification.FUNCTION: ("7", "357"),
    Classification.INCOME: ("7",),
    Classification.DEPARTMENT_ECONOMIC: ("35",),
    Classification.GOVERNMENT_ECONOMIC: ("5",),
}
"""The definitions of each schema, called by how many digits the codes have: those that `common.schema.json` refers to."""


def code_schemas(own: Sequence[OwnCode] = ()) -> dict[str, str]:
    """The text of each schema under its file name, with a workspace's `own` codes before the shipped ones."""
    return {
        f"{of.value}.schema.json": _schema(of, [code for code in own if code.classification is of])
        for of in Classification
    }


def _schema(classification: Classification, own: Sequence[OwnCode]) -> str:
    shipped = shipped_rows("codes", f"{classification.value}.csv")
    rows = sorted(_with_own(shipped, own), key=lambda row: (row["code"], row["first_year"]))
    lines = {code: list(same) for code, same in groupby(rows, key=lambda row: row["code"])}
    definitions = ",\n".join(
        _definition(digits, [_entry(code, classification, lines) for code in lines if str(len(code)) in digits])
        for digits in DIGITS[classification]
    )
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{classification.label}的名称",
        "description": f"给编辑器看的，不限制取值；由 tools/code_schemas.py 从 {classification.value}.csv 写出，不要手工改。",
    }
    said = "".join(f"  {_json(key)}: {_json(value)},\n" for key, value in head.items())
    return f'{{\n{said}  "$defs": {{\n{definitions}\n  }}\n}}\n'


def _with_own(shipped: Sequence[Mapping[str, str]], own: Sequence[OwnCode]) -> Iterator[Mapping[str, str]]:
    """The shipped lines, but where the workspace calls a code otherwise its own, and its further codes."""
    names = {row["code"]: row["name"] for row in shipped}
    renamed = {code.code for code in own if names.get(code.code) not in (None, code.name)}
    yield from (row for row in shipped if row["code"] not in renamed)
    for code in own:
        if code.code in renamed or code.code not in names:
            years = {"first_year": str(code.first_year or ""), "last_year": _year(code.last_year)}
            yield {"code": code.code, "name": code.name, "source": "本地的科目表（codes/）", **years}


def _year(last: int) -> str:
    return "" if last >= ALWAYS else str(last)


def _definition(digits: str, entries: list[tuple[dict[str, object], dict[str, object]]]) -> str:
    """Snippets to complete with. What `if` finds is named on hover and decides nothing, its last branch being true."""
    snippets = _lines((snippet for snippet, _ in entries), "      ")
    found = _lines([*(constant for _, constant in entries), {}], "        ")
    return f'    "{digits}": {{\n      "defaultSnippets": [{snippets}],\n      "if": {{\n        "anyOf": [{found}]\n      }}\n    }}'


def _entry(
    code: str, classification: Classification, lines: Mapping[str, Sequence[Mapping[str, str]]]
) -> tuple[dict[str, object], dict[str, object]]:
    """What completes a code, and what names it."""
    named = f"{code} {'、'.join(_names(lines[code]))}"
    above = " › ".join(lines[upper][-1]["name"] for upper in classification.ancestry(code) if upper in lines)
    said = "；".join(dict.fromkeys(row["source"] for row in lines[code]))
    snippet = {"label": named, "description": f"{above}。出处：{said}", "body": int(code)}
    return snippet, {"const": int(code), "title": f"{classification.label} {named}"}


def _names(rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """The names of a code in the order of their years, each with the years it is good for."""
    for row in rows:
        first = f"{row['first_year']}年起" if row["first_year"] else ""
        last = f"到{row['last_year']}年" if row["last_year"] else ""
        yield f"{row['name']}（{first}{last}）" if first or last else row["name"]


def _lines(values: Iterable[object], indent: str) -> str:
    """A line a value, so that a change of the dictionary is a line in the difference."""
    written = ",\n".join(f"{indent}  {_json(value)}" for value in values)
    return f"\n{written}\n{indent}" if written else ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
