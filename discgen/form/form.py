"""A form, read from `templates/forms/<name>/`; what it lacks it takes from the parent it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from discgen.form.sheets import EvaluationForm, GoalSheetForm, read_evaluation_form, read_goal_sheet_form
from discgen.form.table_spec import TableSpec, read_table_spec
from discgen.model.assets import VehicleUse
from discgen.model.line import Fund
from discgen.money import NumberStyle, PercentStyle
from discgen.resources import data_folder
from discgen.validate.shipped import ShippedDataError, read_shipped


class FormError(ValueError):
    """A form that does not exist, or whose files are not as their schema asks."""


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
    cover: str
    """The line over the title, `{department}` being the department."""
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


_REQUIRED = (
    "kind",
    "document_title",
    "numbers",
    "percent",
    "numbering",
    "parts",
    "tables",
    "table_label",
    "table_line",
    "contents_table",
    "notes",
    "phrases",
)
_NOTES = ("empty", "tail", "text_tail")
"""What a form or one of its ancestors must say, and the notes among it."""


def form_names() -> list[str]:
    """The forms there are."""
    return sorted(path.parent.name for path in (data_folder("templates") / "forms").glob("*/form.yaml"))


@cache
def load_form(name: str) -> Form:
    """The form of this name. Raises FormError where there is none, or it is broken."""
    folders = _lineage(name)
    data = _layered("form.yaml", "form", folders)
    missing = [key for key in _REQUIRED if key not in data]
    missing += [f"notes.{key}" for key in _NOTES if key not in data.get("notes", {})]
    if missing:
        raise FormError(f"表式“{name}”和它的上级都没有写{'、'.join(missing)}")
    numbers = {use: _style(name, use, style) for use, style in data["numbers"].items()}
    return Form(
        name=name,
        kind=data["kind"],
        document_title=data["document_title"],
        numbers=numbers,
        percent=PercentStyle(int(data["percent"]["places"]), data["percent"]["zero"]),
        numbering=tuple(data["numbering"]),
        parts=tuple(data["parts"]),
        sections=tuple(data.get("sections", ())),
        wording=data.get("wording", {}),
        tables=_tables(data, folders, numbers),
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
        cover=data.get("cover", "{department}"),
        reasons={key: fact for key, fact in data.get("reasons", {}).items() if fact},
        large_changes=data.get("large_changes", {}),
        large_code_changes=data.get("large_code_changes", ""),
        threshold=Decimal(data.get("threshold", "10")),
        glossary_entry=data.get("glossary_entry", "{chinese}、{term}：{text}"),
        needs=tuple(data.get("needs", ())),
        vehicle_uses=tuple(VehicleUse(use) for use in data.get("vehicle_uses", ())),
        glossary=_glossary(_read(_find("glossary.yaml", folders), "glossary")),
        goal_sheet=read_goal_sheet_form(_layered("goal_sheet.yaml", "goal_sheet", folders)),
        evaluation=read_evaluation_form(_layered("evaluation.yaml", "evaluation_form", folders)),
        folders=folders,
    )


def _lineage(name: str) -> tuple[Path, ...]:
    """The folder of the form and of its ancestors, nearest first."""
    folders: list[Path] = []
    while name:
        folder = data_folder("templates") / "forms" / name
        if name not in form_names():
            raise FormError(f"没有表式“{name}”；现有：{'、'.join(form_names())}")
        if folder in folders:
            raise FormError(f"表式“{name}”不能是自己的上级")
        folders.append(folder)
        name = _read(folder / "form.yaml", "form").get("parent", "")
    return tuple(folders)


def _read(path: Path, schema: str) -> dict[str, Any]:
    try:
        templates = data_folder("templates")
        return read_shipped(templates, path.relative_to(templates).as_posix(), schema)
    except ShippedDataError as trouble:
        raise FormError(str(trouble)) from trouble


def _find(name: str, folders: tuple[Path, ...]) -> Path:
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise FormError(f"表式“{folders[0].name}”和它的上级里都没有{name}")


def _layered(name: str, schema: str, folders: tuple[Path, ...]) -> dict[str, Any]:
    """What the files of this name say together, the nearest over its ancestors'; nothing where there are none."""
    return _merged([_read(folder / name, schema) for folder in reversed(folders) if (folder / name).is_file()])


def _merged(layers: list[dict[str, Any]]) -> dict[str, Any]:
    """Later layers over earlier ones, mappings key by key."""
    merged: dict[str, Any] = {}
    for layer in layers:
        for key, value in layer.items():
            both = isinstance(value, dict) and isinstance(merged.get(key), dict)
            merged[key] = _merged([merged[key], value]) if both else value
    return merged


def _style(form: str, use: str, data: Mapping[str, str]) -> NumberStyle:
    missing = [key for key in ("unit", "places", "thousands", "zero") if key not in data]
    if missing:
        raise FormError(f"表式“{form}”的numbers.{use}没有写{'、'.join(missing)}")
    return NumberStyle(
        data["unit"], int(data["places"]), data["thousands"] == "true", data["zero"], data.get("trim") == "true"
    )


def _tables(
    data: Mapping[str, Any], folders: tuple[Path, ...], numbers: Mapping[str, NumberStyle]
) -> tuple[TableSpec, ...]:
    """The form's tables. Raises FormError where one, or its title or number style, is not there."""
    titles = data.get("table_titles", {})
    for table in titles:
        _find(f"tables/{table}.yaml", folders)
    tables = tuple(_table(table, folders, titles) for table in data["tables"])
    for table in tables:
        if table.numbers not in numbers:
            said = f"{table.id}.yaml的numbers写了{table.numbers}"
            raise FormError(f"{said}，表式“{folders[0].name}”只有{'、'.join(numbers)}")
    return tables


def _table(name: str, folders: tuple[Path, ...], titles: Mapping[str, str]) -> TableSpec:
    data = _read(_find(f"tables/{name}.yaml", folders), "table")
    try:
        return read_table_spec(name, data | ({"title": titles[name]} if name in titles else {}))
    except ValueError as trouble:
        raise FormError(f"表式的tables/{name}.yaml写得不对：{trouble}") from trouble


def _glossary(data: Mapping[str, Any]) -> tuple[GlossaryEntry, ...]:
    return tuple(
        GlossaryEntry(entry["term"], entry["text"], entry.get("used", entry["term"])) for entry in data["entries"]
    )
