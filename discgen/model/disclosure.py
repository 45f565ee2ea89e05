"""The whole of a department-year as facts: department, lines, projects, assets and prose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct, field

from discgen.diagnostics import Place
from discgen.load.target import Target
from discgen.model.assets import Assets
from discgen.model.department import Department
from discgen.model.evaluation import Evaluation
from discgen.model.line import Lines, ProcurementItem
from discgen.model.project import GoalSheet, Project, SeparateSheet
from discgen.model.prose import Prose
from discgen.model.waiver import Waiver
from discgen.money import ZERO
from discgen.reference.codes import Classification, Dictionary
from discgen.reference.folders import cache_shipped, shipped_rows
from discgen.reference.vocabulary import Named
from discgen.yamltext.tree import Tree

CLAUSES = frozenset({"vehicles"})
"""The notes that stand inside a sentence of the form: they may be written with a stop or without."""


class Annex(Struct, frozen=True):
    """What a department attaches: the name of the data, and the title it is printed under."""

    data: str
    title: str
    place: Place


class CatalogueEntry(Struct, frozen=True):
    """A line of a catalogue. `level` counts from 1; `group` is what it stands under."""

    group: str
    code: str
    level: int
    name: str


class Narrative(Struct, frozen=True):
    """The prose of a disclosure; `reasons` and `notes` by their key in YAML.

    `reasons_by_code` tell why a 科目 changed, `budget_reasons` and `budget_reasons_by_code` why accounts differ from
    the budget, `purposes` what the money of a 科目 is mainly for.
    """

    introduction: Prose | None
    duties: tuple[Prose, ...]
    offices: tuple[str, ...]
    centres: tuple[str, ...]
    reasons: Mapping[str, Prose]
    reasons_by_code: Mapping[str, Prose]
    budget_reasons: Mapping[str, Prose]
    budget_reasons_by_code: Mapping[str, Prose]
    purposes: Mapping[str, Prose]
    notes: Mapping[str, Prose]
    annexes: tuple[Annex, ...]
    place: Place
    """Where the reasons are written."""
    purposes_place: Place

    def texts(self) -> tuple[Prose, ...]:
        """All prose but that of projects and reports."""
        introduction = (self.introduction,) if self.introduction else ()
        sections = (*self.explanations(), self.purposes, self.notes)
        return (*introduction, *self.duties, *(prose for section in sections for prose in section.values()))

    def explanations(self) -> tuple[Mapping[str, Prose], ...]:
        """The sections that say why a figure is not what it was before, or was meant to be."""
        return self.reasons, self.reasons_by_code, self.budget_reasons, self.budget_reasons_by_code


class Prior(Struct, frozen=True):
    """Figures declared because the workspace lacks their file: coarse lines, and where they were published."""

    source: str
    lines: Lines
    place: Place


class Grade(Named, dimension="grade"):
    """自评等级, best first."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class Managed(Struct, frozen=True):
    """The projects that a stage of performance management took in, and their money in the budget, in 元."""

    projects: int
    amount: Decimal


class Problems(Struct, frozen=True):
    """What 绩效自评 brought to light: how many problems there are, and how many of them are solved."""

    found: int
    solved: int


class Performance(Struct, frozen=True):
    """What a department states of its performance management where not every sheet or report is published.

    `amount` is in 元, as is `evaluated_amount`, that of the projects of 部门评价; None where it is that of all projects.
    `goals` (编报绩效目标), `monitoring` (绩效跟踪), `average_score` (of 绩效自评) and `problems` are stated by accounts
    whose form asks for them.
    """

    units: int
    projects: int
    amount: Decimal | None
    grades: Mapping[Grade, int]
    evaluated: int
    evaluated_amount: Decimal | None
    place: Place
    goals: Managed | None = None
    monitoring: Managed | None = None
    average_score: Decimal | None = None
    problems: Problems | None = None


class Reserved(Struct, frozen=True):
    """政府采购 for 中小企业, and of it for 小型和微型企业, in 元."""

    sme: Decimal
    micro: Decimal
    place: Place


AWARDED: Mapping[str, str] = {
    **{item: f"授予中小企业的{item.label}合同" for item in ProcurementItem},
    "micro": "授予小微企业的合同",
    "reserved_sme": "预留项目里授予中小企业的合同",
    "reserved_micro": "预留项目里授予小微企业的合同",
    "others": "其他项目里授予中小企业的合同",
}
"""What of 政府采购 small firms won, by its key in YAML, and what it is called."""


class Awarded(Struct, frozen=True):
    """Contracts that small firms won: `amounts` in 元 by the keys of `AWARDED`, as far as a form tells them apart.

    Those of 中小企业 are split by what was bought, or by whether the project was reserved for them; or in both ways.
    """

    amounts: Mapping[str, Decimal]
    place: Place

    @property
    def by_item(self) -> Decimal | None:
        """All that 中小企业 won, added up by what was bought; None where it is not split so."""
        return self._sum(tuple(ProcurementItem))

    @property
    def by_project(self) -> Decimal | None:
        """The same by whether the project was reserved."""
        return self._sum(("reserved_sme", "others"))

    @property
    def sme(self) -> Decimal | None:
        """All that 中小企业 won; None where neither split is written."""
        return self.by_project if self.by_item is None else self.by_item

    def _sum(self, keys: Sequence[str]) -> Decimal | None:
        return sum((self.amounts[key] for key in keys), ZERO) if self.amounts.keys() >= set(keys) else None


class Stated(Struct, frozen=True):
    """What is stated once for a department, or once for a unit: all that is counted besides lines of money."""

    assets: Assets | None = None
    performance: Performance | None = None
    reserved: Reserved | None = None
    awarded: Awarded | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    """Journeys, receptions and vehicles behind the “三公”经费 of accounts, by their key in YAML."""
    reception: Mapping[str, Decimal] = field(default_factory=dict)
    """公务接待费 of accounts in 元 by kind, `domestic` (of it `foreign`) and `overseas`; empty where it is not written."""


class Disclosure(Struct, frozen=True):
    """The facts of one document. `form` is the name of its 表式."""

    target: Target
    department: Department
    form: str
    year: int
    dictionaries: Mapping[Classification, Dictionary]
    lines: Lines
    projects: tuple[Project, ...]
    separate_sheets: tuple[SeparateSheet, ...]
    evaluations: tuple[Evaluation, ...]
    stated: Stated
    """What is stated of the whole; the sum where it is written by unit."""
    stated_by_unit: Mapping[str, Stated]
    """The same by unit, as far as it is written so."""
    narrative: Narrative
    declared_prior: Prior | None
    declared_approved: Prior | None
    approved_on: date | None
    """When the finance bureau approved it; `published_on` when it was put on the web."""
    published_on: date | None
    merged_from: tuple[str, ...]
    """Folders of the departments that joined this one since last year."""
    merged_place: Place
    waivers: tuple[Waiver, ...]
    files: tuple[Tree, ...]
    """All that was read, as it is written: the department's file, then those of the year."""
    place: Place
    """Where the file of facts begins."""
    unit_place: Place
    """Where the unit of amounts is named."""
    form_place: Place
    """Where the form is named."""
    prior_executed: Lines = field(default_factory=dict)
    """上年当年预算执行数: what of last year's budget was spent by the time of this one; empty where it is not written."""

    @property
    def assets(self) -> Assets | None:
        """国有资产占有使用情况."""
        return self.stated.assets

    @property
    def performance(self) -> Performance | None:
        """What is stated of performance management."""
        return self.stated.performance

    @property
    def reserved(self) -> Reserved | None:
        """政府采购 for 中小企业."""
        return self.stated.reserved

    @property
    def awarded(self) -> Awarded | None:
        """Contracts that small firms won."""
        return self.stated.awarded

    @property
    def counts(self) -> Mapping[str, int]:
        """What is counted behind the “三公”经费 of accounts."""
        return self.stated.counts

    @property
    def reception(self) -> Mapping[str, Decimal]:
        """公务接待费 of accounts by kind."""
        return self.stated.reception

    def project(self, project_id: str) -> Project:
        """The project of this file. Raises KeyError where there is none."""
        return {project.id: project for project in self.projects}[project_id]

    def trees(self) -> dict[str, Tree]:
        """All that was read, by the names of the files."""
        return {tree.file: tree for tree in self.files}

    def texts(self) -> Iterator[Prose]:
        """All prose that an author wrote, whatever part of the document it stands in."""
        yield from self.narrative.texts()
        for project in self.projects:
            yield from project.statement.values()
        for _, sheet in self.goal_sheets():
            yield from sheet.texts()
        for evaluation in self.evaluations:
            yield from evaluation.texts()

    def goal_sheets(self) -> list[tuple[str, GoalSheet]]:
        """All goal sheets with the names they are published under: those of projects, then the separate ones."""
        own = [(project.name, project.goal_sheet) for project in self.projects if project.goal_sheet]
        return own + [(sheet.name, sheet.goal_sheet) for sheet in self.separate_sheets]


@cache_shipped
def load_annex(data: str) -> tuple[CatalogueEntry, ...]:
    """The entries in printed order. Raises FileNotFoundError where there is no such data."""
    return tuple(
        CatalogueEntry(row["department"], row["code"], int(row["level"]), row["name"])
        for row in shipped_rows("annexes", f"{data}.csv", folder="templates")
    )
