"""A form, read from `templates/forms/<name>/`; what it lacks it takes from the parent it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from pathlib import PurePosixPath
from typing import Annotated, Any

from msgspec import Struct, field
from msgspec.structs import replace

from discgen.compiled import keep_compiled
from discgen.diagnostics import Diagnostic, error
from discgen.form.check_form import TITLE, unknown, wrong_evaluation, wrong_form, wrong_glossary, wrong_goal_sheet
from discgen.form.check_style import STYLE_FILE, wrong_style
from discgen.form.check_table import wrong_table
from discgen.form.files import FormTexts, Layers, form_names, layers_of, line_of, nested_too_deep
from discgen.form.sheets import EvaluationForm, GoalSheetForm
from discgen.form.table_spec import TableSpec
from discgen.ledger.facts import load_catalogue
from discgen.load.own_files import FORM_FILE, NOTHING, OwnFiles
from discgen.model.assets import VehicleUse
from discgen.model.line import Fund, Source
from discgen.money import NumberStyle, PercentStyle
from discgen.reference.decode import Key, Read, decode
from discgen.reference.folders import cache_shipped
from discgen.reference.vocabulary import Named
from discgen.validate.shipped import ShippedDataError
from discgen.yamltext.tree import Tree

MOST_KEPT = 32
"""Forms of workspaces that are at hand: a preview sees every state of one that is being written."""


def _not_empty(written: Mapping[str, str | None]) -> dict[str, str]:
    """What is written without the keys that are left empty: an ancestor asks for them, this form does not."""
    return {key: value for key, value in written.items() if value}


def _used(entry: Mapping[str, str]) -> str:
    return entry.get("used", entry["term"])


class Scope(Named, dimension="scope"):
    """Whose document a form is for: that of a department, 部门预算, or that of one unit, 单位预算."""

    DEPARTMENT = "department"
    UNIT = "unit"


class GlossaryEntry(Struct, frozen=True):
    """A term of 名词解释, printed where the document uses it, or uses the word that stands for it."""

    term: str
    text: str
    used: Annotated[str, Read(_used, whole=True)]


class Form(Struct, frozen=True, kw_only=True):
    """Everything a form says, also its templates: `layers` are its own texts and its ancestors', nearest first."""

    name: str
    layers: tuple[FormTexts, ...]
    title: str
    """What people call it: 山西省部门预算公开表式（2023年）."""
    kind: str
    scope: Scope = Scope.DEPARTMENT
    unit_form: str = ""
    """The form in which units of a department publish documents of their own; empty where there is none."""
    document_title: str
    file_title: str = "{department}{title}"
    """The title that the file carries: `{department}`, `{title}` being that of the cover, and `{year}`."""
    cover: tuple[str, ...] = ("{department}", TITLE)
    """The lines of the cover from top to bottom: `{title}` is `document_title`, `{department}` the department."""
    numbers: Mapping[str, NumberStyle]
    percent: PercentStyle
    numbering: tuple[str, ...]
    parts: tuple[str, ...]
    sections: tuple[str, ...] = ()
    wording: Mapping[str, str] = field(default_factory=dict)
    """Words of 情况说明 by name; they may hold `{year}`, `{prior_year}` and `{department}`."""
    tables: tuple[TableSpec, ...]
    table_label: str
    table_numbers: Mapping[str, str] = field(default_factory=dict)
    """The numbers of tables that are not simply counted: 1-1 after 1."""
    table_line: Mapping[str, str]
    """What stands over a table: whose it is (`department`) and its unit of amounts (`unit`)."""
    contents_table: str
    contents_part: str = "{title}"
    """How the contents call a table or a part: `{title}`, `{department}`, and its number as `{arabic}` or `{chinese}`."""
    contents_levels: int = 2
    """How many levels of headings the contents list."""
    notes: Mapping[str, str]
    phrases: Mapping[str, Mapping[str, str]]
    needs: tuple[str, ...] = ()
    """What the file of facts must have because the text speaks of it: `assets`, `performance`, …"""
    needs_category: Annotated[bool, Key("project_category"), Read("required".__eq__)] = False
    """Whether every project must say whether it is 其他运转类 or 特定目标类."""
    projects: str = "all"
    """Whether `all` projects are published, or `selected` ones."""
    funds: tuple[Fund, ...] = ()
    """The funds that the form has a place for; empty for all of them."""
    expenditure_funds: tuple[Fund, ...] = ()
    """Those that it has a place for among expenditure, where they are others."""
    carryover: bool = True
    """Whether the form has a place for 上年结转."""
    vehicle_uses: tuple[VehicleUse, ...] = ()
    """The uses of vehicles that the text lists; empty for all."""
    code_reasons: str = ""
    """The group whose parts each need a reason for their change; empty where there is none."""
    purposes: str = ""
    """The group whose parts each need a purpose; empty where there is none."""
    reasons: Annotated[Mapping[str, str], Read(_not_empty)] = field(default_factory=dict)
    """Which fact's change each of the narrative's `reasons` accounts for."""
    large_changes: Mapping[str, str] = field(default_factory=dict)
    """The same for changes that want a reason only where they are beyond the threshold."""
    budget_reasons: Annotated[Mapping[str, str], Read(_not_empty)] = field(default_factory=dict)
    """Which fact of a stage of the budget (`approved.general.current`) each of the narrative's `budget_reasons` is about."""
    budget_code_reasons: str = ""
    """The group whose parts each need a reason where they differ from 年初预算; empty where there is none."""
    large_code_changes: str = ""
    """The group of whose parts the same holds; empty where there is none."""
    threshold: Decimal = Decimal(10)
    """From how many hundredths of last year on a change is a large one."""
    glossary: tuple[GlossaryEntry, ...]
    glossary_entry: str = "{chinese}、{term}：{text}"
    """How an entry is printed: `{term}`, `{text}`, and its number as `{arabic}` or `{chinese}`."""
    goal_sheet: GoalSheetForm | None
    evaluation: EvaluationForm | None

    def in_fen(self) -> Form:
        """The form for a document whose amounts are not whole 元: the styles with `fen` have two places."""
        numbers = {name: style.in_fen() if style.fen else style for name, style in self.numbers.items()}
        return replace(self, numbers=numbers)

    @property
    def splits_basic(self) -> bool:
        """Whether a table splits 基本支出 by 功能分类 into 人员经费 and 公用经费."""
        columns = (
            (column.sources or block.base.sources, column.where)
            for table in self.tables
            for block in table.blocks
            for column in block.flat_columns()
        )
        return any(Source.EXPENDITURE in sources and "component" in where for sources, where in columns)

    def __hash__(self) -> int:
        return hash(self.name)  # its mappings have none; what is asked of forms is kept by the form

    def label_of(self, table: str, position: int) -> str:
        """What stands above a table as its number; `position` counts tables from 1."""
        return self.table_label.format(number=self.table_numbers.get(table, position))

    @property
    def is_own(self) -> bool:
        """Whether it is the workspace's, and did not ship with the program."""
        return self.layers[0].is_own

    @property
    def styles(self) -> tuple[str, ...]:
        """The style sheets of the form and its ancestors that stand behind the shipped one, the nearest last."""
        return tuple(layer.files[STYLE_FILE] for layer in reversed(self.layers) if STYLE_FILE in layer.files)

    @property
    def file(self) -> str:
        """The file in which it says what it is, as findings name it."""
        return f"{self.layers[0].folder}/{FORM_FILE}"


class _Glossary(Struct, frozen=True):
    """`glossary.yaml`."""

    entries: tuple[GlossaryEntry, ...]


def load_form(name: str, own: OwnFiles = NOTHING) -> Form:
    """The form of this name, the workspace's own before a shipped one.

    Raises ShippedDataError where there is none, or its files are wrong.
    """
    if name not in own.forms():
        return load_shipped_form(name) if name in form_names() else _built(layers_of(name, own))
    form = _own_form(name, own)
    if isinstance(form, Form):
        return form
    raise ShippedDataError.of(form)


@keep_compiled
def load_shipped_form(name: str) -> Form:
    """The form of this name that ships with the program. Raises ShippedDataError."""
    return _built(layers_of(name))


@partial(cache_shipped, most=MOST_KEPT)
def _own_form(name: str, own: OwnFiles) -> Form | tuple[Diagnostic, ...]:
    """The workspace's form, or what is wrong with it, for all departments that use it."""
    try:
        return _built(layers_of(name, own))
    except ShippedDataError as wrong:
        return wrong.findings


def _built(layers: Layers) -> Form:
    form, goal_sheet, evaluation, glossary = _own_words(layers)
    data: Any = form.root
    tables = {table: tree for table in data["tables"] if (tree := _table(table, data, layers))}
    texts = layers.texts()
    layers.findings += (finding for layer in texts if layer.is_own for finding in nested_too_deep(layer))
    layers.findings += (
        finding
        for layer in texts
        if (style := layer.files.get(STYLE_FILE))
        for finding in wrong_style(style, f"{layer.folder}/{STYLE_FILE}")
    )
    layers.stop_if_wrong()
    return decode(
        Form,
        form,
        name=layers.name,
        unit_form=_unit_form(form, layers.name),
        layers=texts,
        tables=tuple(decode(TableSpec, tree, id=table) for table, tree in tables.items()),
        glossary=decode(_Glossary, glossary).entries,
        goal_sheet=decode(GoalSheetForm, goal_sheet) if goal_sheet else None,
        evaluation=decode(EvaluationForm, evaluation) if evaluation else None,
    )


def _own_words(layers: Layers) -> tuple[Tree, Tree | None, Tree | None, Tree]:
    """What the form and its ancestors say together: `form.yaml`, the two sheets where they have them, and the glossary.

    Raises ShippedDataError where any of it is wrong.
    """
    form = layers.merged("form.yaml", "form")
    goal_sheet = layers.merged("goal_sheet.yaml", "goal_sheet")
    evaluation = layers.merged("evaluation.yaml", "evaluation_form")
    glossary = layers.nearest("glossary.yaml", "glossary")
    layers.stop_if_wrong()
    assert form is not None
    data: Any = form.root
    styles = list(data.get("numbers", {}))
    layers.findings += wrong_form(form, layers, load_catalogue())
    layers.findings += _wrong_unit_form(form, layers)
    if goal_sheet:
        layers.findings += wrong_goal_sheet(goal_sheet, styles)
    if evaluation:
        layers.findings += wrong_evaluation(evaluation, styles)
    if glossary is None:
        layers.findings.append(error("M017", "表式和它的上级里都没有glossary.yaml", form.place(), "加上这个文件"))
    else:
        layers.findings += wrong_glossary(glossary)
    layers.stop_if_wrong()
    assert glossary is not None
    return form, goal_sheet, evaluation, glossary


def _unit_form(form: Tree, name: str) -> str:
    """The form of units, where an older form of the same line says it or this one: another place's child has units of its own."""
    data: Any = form.root
    of_line = line_of(PurePosixPath(form.place(("unit_form",)).file).parent.name) == line_of(name)
    return str(data.get("unit_form", "")) if of_line and data.get("scope") != Scope.UNIT else ""


def _wrong_unit_form(form: Tree, layers: Layers) -> Iterator[Diagnostic]:
    """M016, M033: a form of units that there is not, or that is no form for units of this kind."""
    data: Any = form.root
    own, place, name = layers.own, form.place(("unit_form",)), _unit_form(form, layers.name)
    if not name:
        return
    missing = list(unknown(place, name, form_names(own), "表式"))
    yield from missing
    of_unit = None if missing else layers_of(name, own).merged(FORM_FILE, "form")
    said: Any = of_unit.root if of_unit else {}
    if of_unit and (said.get("scope"), said.get("kind")) != (Scope.UNIT, data.get("kind")):
        yield error("M033", f"“{name}”不是单位的同种表式", place, "换一个scope是unit、kind相同的表式")


def _table(name: str, data: Mapping[str, Any], layers: Layers) -> Tree | None:
    """The file of a table, with the title and the note that the form gives it; what is wrong goes to the findings."""
    tree = layers.nearest(f"tables/{name}.yaml", "table")
    if tree is None:
        return None
    layers.findings += wrong_table(tree, data["kind"], layers.codes)
    assert isinstance(tree.root, dict)
    style = str(tree.root.get("numbers", "table"))
    layers.findings += unknown(tree.place(("numbers",)), style, list(data["numbers"]), "数字写法（form.yaml的numbers）")
    own = {
        key: data[section][name]
        for section, key in (("table_titles", "title"), ("empty_notes", "empty_note"))
        if name in data.get(section, {})
    }
    return replace(tree, root=tree.root | own) if own else tree
