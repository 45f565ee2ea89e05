"""A form, read from `templates/forms/<name>/`; what it lacks it takes from the parent it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from discgen.diagnostics import error
from discgen.form.check_form import TITLE, unknown, wrong_evaluation, wrong_form, wrong_glossary, wrong_goal_sheet
from discgen.form.check_table import wrong_table
from discgen.form.files import Layers, layers_of
from discgen.form.sheets import EvaluationForm, GoalSheetForm, read_evaluation_form, read_goal_sheet_form
from discgen.form.table_spec import TableSpec, read_table_spec
from discgen.ledger.facts import load_catalogue
from discgen.model.assets import VehicleUse
from discgen.model.line import Fund
from discgen.money import NumberStyle, PercentStyle
from discgen.yamltext.tree import Tree


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term of 名词解释, printed where the document uses it, or uses the word that stands for it."""

    term: str
    text: str
    used: str


@dataclass(frozen=True, slots=True)
class Form:
    """Everything a form says. `folders` are its own and its ancestors', nearest first."""

    name: str
    title: str
    """What people call it: 山西省部门预算公开表式（2023年）."""
    kind: str
    document_title: str
    numbers: Mapping[str, NumberStyle]
    percent: PercentStyle
    numbering: tuple[str, ...]
    parts: tuple[str, ...]
    sections: tuple[str, ...]
    wording: Mapping[str, str]
    """Words of 情况说明 by name; they may hold `{year}`, `{prior_year}` and `{department}`."""
    tables: tuple[TableSpec, ...]
    table_label: str
    table_line: Mapping[str, str]
    """What stands over a table: whose it is (`department`) and its unit of amounts (`unit`)."""
    contents_table: str
    contents_part: str
    """How the contents call a table or a part: `{title}`, `{department}`, and its number as `{arabic}` or `{chinese}`."""
    contents_levels: int
    """How many levels of headings the contents list."""
    notes: Mapping[str, str]
    phrases: Mapping[str, Mapping[str, str]]
    needs_category: bool
    """Whether the text tells 其他运转类 and 特定目标类 projects apart."""
    projects: str
    """Whether `all` projects are published, or `selected` ones."""
    funds: tuple[Fund, ...]
    """The funds that the form has a place for; empty for all of them."""
    expenditure_funds: tuple[Fund, ...]
    """Those that it has a place for among expenditure, where they are others."""
    carryover: bool
    """Whether the form has a place for 上年结转."""
    code_reasons: str
    """The group whose every part's change has its reason; empty where the form tells none."""
    purposes: str
    """The group whose every part has its purpose; empty where the form tells none."""
    file_title: str
    """The title that the file carries: `{department}`, `{title}` being that of the cover, and `{year}`."""
    cover: tuple[str, ...]
    """The lines of the cover from top to bottom: `{title}` is `document_title`, `{department}` the department."""
    reasons: Mapping[str, str]
    """Which fact's change each of the narrative's `reasons` accounts for."""
    large_changes: Mapping[str, str]
    """The same for changes that want a reason only where they are beyond the threshold."""
    large_code_changes: str
    """The group of whose parts the same holds; empty where there is none."""
    threshold: Decimal
    """From how many hundredths of last year on a change is a large one."""
    glossary: tuple[GlossaryEntry, ...]
    glossary_entry: str
    """How an entry is printed: `{term}`, `{text}`, and its number as `{arabic}` or `{chinese}`."""
    needs: tuple[str, ...]
    """What the file of facts must have because the text speaks of it: `assets`, `performance`, …"""
    vehicle_uses: tuple[VehicleUse, ...]
    """The uses of vehicles that the text lists; empty for all."""
    goal_sheet: GoalSheetForm | None
    evaluation: EvaluationForm | None
    folders: tuple[Path, ...]


@cache
def load_form(name: str) -> Form:
    """The form of this name. Raises FormError where there is none, or its files are wrong."""
    layers = layers_of(name)
    data, sheets, glossary = _own_words(layers)
    tables = tuple(_table(table, data, layers) for table in data["tables"])
    layers.stop_if_wrong()
    return Form(
        name=name,
        title=data["title"],
        kind=data["kind"],
        document_title=data["document_title"],
        numbers={use: _style(style) for use, style in data["numbers"].items()},
        percent=PercentStyle(int(data["percent"]["places"]), data["percent"]["zero"]),
        numbering=tuple(data["numbering"]),
        parts=tuple(data["parts"]),
        sections=tuple(data.get("sections", ())),
        wording=data.get("wording", {}),
        tables=tuple(read_table_spec(table, tree) for table, tree in zip(data["tables"], tables, strict=True) if tree),
        table_label=data["table_label"],
        table_line=data["table_line"],
        contents_table=data["contents_table"],
        contents_part=data.get("contents_part", "{title}"),
        contents_levels=int(data.get("contents_levels", 2)),
        notes=data["notes"],
        phrases=data["phrases"],
        needs_category=data.get("project_category") == "required",
        projects=data.get("projects", "all"),
        funds=tuple(Fund(fund) for fund in data.get("funds", ())),
        expenditure_funds=tuple(Fund(fund) for fund in data.get("expenditure_funds", ())),
        carryover=data.get("carryover", "true") == "true",
        code_reasons=data.get("code_reasons", ""),
        purposes=data.get("purposes", ""),
        file_title=data.get("file_title", "{department}{title}"),
        cover=tuple(data.get("cover", ("{department}", TITLE))),
        reasons={key: fact for key, fact in data.get("reasons", {}).items() if fact},
        large_changes=data.get("large_changes", {}),
        large_code_changes=data.get("large_code_changes", ""),
        threshold=Decimal(data.get("threshold", "10")),
        glossary_entry=data.get("glossary_entry", "{chinese}、{term}：{text}"),
        needs=tuple(data.get("needs", ())),
        vehicle_uses=tuple(VehicleUse(use) for use in data.get("vehicle_uses", ())),
        glossary=_glossary(glossary),
        goal_sheet=read_goal_sheet_form(sheets["goal_sheet"]),
        evaluation=read_evaluation_form(sheets["evaluation"]),
        folders=layers.folders,
    )


_SHEETS = {"goal_sheet": "goal_sheet", "evaluation": "evaluation_form"}
"""The files of sheets, each with its schema."""
_WRONG_SHEET = {"goal_sheet": wrong_goal_sheet, "evaluation": wrong_evaluation}


def _own_words(layers: Layers) -> tuple[dict[str, Any], dict[str, dict[str, Any]], dict[str, Any]]:
    """What the form and its ancestors say together: `form.yaml`, the sheets by their name, and the glossary.

    Raises FormError where any of it is wrong.
    """
    form = layers.merged("form.yaml", "form")
    sheets = {name: layers.merged(f"{name}.yaml", schema) for name, schema in _SHEETS.items()}
    glossary = layers.nearest("glossary.yaml", "glossary")
    layers.stop_if_wrong()
    assert form is not None
    data = _root(form)
    layers.findings += wrong_form(form, layers, load_catalogue())
    for name, sheet in sheets.items():
        if sheet:
            layers.findings += _WRONG_SHEET[name](sheet, list(data.get("numbers", {})))
    if glossary is None:
        layers.findings.append(error("M017", "表式和它的上级里都没有glossary.yaml", form.place(), "加上这个文件"))
    else:
        layers.findings += wrong_glossary(glossary)
    layers.stop_if_wrong()
    return data, {name: _root(sheet) for name, sheet in sheets.items()}, _root(glossary)


def _root(tree: Tree | None) -> dict[str, Any]:
    return tree.root if tree and isinstance(tree.root, dict) else {}


def _style(data: Mapping[str, str]) -> NumberStyle:
    return NumberStyle(
        data["unit"], int(data["places"]), data["thousands"] == "true", data["zero"], data.get("trim") == "true"
    )


def _table(name: str, data: Mapping[str, Any], layers: Layers) -> Tree | None:
    """The file of a table, under the title that the form gives it; what is wrong with it is found."""
    tree = layers.nearest(f"tables/{name}.yaml", "table")
    if tree is None:
        return None
    layers.findings += wrong_table(tree, data["kind"])
    root = _root(tree)
    style = root.get("numbers", "table")
    layers.findings += unknown(tree.place(("numbers",)), style, list(data["numbers"]), "数字写法（form.yaml的numbers）")
    titles = data.get("table_titles", {})
    return replace(tree, root=root | {"title": titles[name]}) if name in titles else tree


def _glossary(data: Mapping[str, Any]) -> tuple[GlossaryEntry, ...]:
    return tuple(
        GlossaryEntry(entry["term"], entry["text"], entry.get("used", entry["term"])) for entry in data["entries"]
    )
