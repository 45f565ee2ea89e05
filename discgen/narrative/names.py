"""What templates see besides facts of the ledger: what the department declares, counts, and the prose worked out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from discgen.form.form import Form
from discgen.ledger.facts import Fact
from discgen.model.disclosure import AWARDED, CLAUSES, Disclosure, Managed
from discgen.model.line import Category, ThreePublicItem, total
from discgen.model.project import Project
from discgen.model.prose import Prose
from discgen.money import ZERO
from discgen.narrative.prose import ProseReader


class ProjectList(Struct, frozen=True):
    """The projects of one unit, as the text lists them."""

    unit: str
    names: tuple[str, ...]


def declared_names(disclosure: Disclosure, form: Form, reader: ProseReader) -> dict[str, Any]:
    """What templates see besides facts; prose is worked out here."""
    narrative = disclosure.narrative
    return {
        "year": disclosure.year,
        "sections": form.sections,
        "wording": {
            name: words.format(
                year=disclosure.year, prior_year=disclosure.year - 1, department=disclosure.department.name
            )
            for name, words in form.wording.items()
        },
        "scope": form.scope.label,
        "department": disclosure.department,
        "introduction": _sentence(narrative.introduction, reader) if narrative.introduction else "",
        "duties": [_sentence(duty, reader) for duty in narrative.duties],
        "offices": narrative.offices,
        "centres": narrative.centres,
        "reasons": _clauses(narrative.reasons, reader),
        "reasons_by_code": _clauses(narrative.reasons_by_code, reader),
        "budget_reasons": _clauses(narrative.budget_reasons, reader),
        "budget_reasons_by_code": _clauses(narrative.budget_reasons_by_code, reader),
        "purposes": _clauses(narrative.purposes, reader),
        "notes": _notes(narrative.notes, reader),
        "assets": disclosure.assets,
        "fixed_assets": _fixed_assets(disclosure),
        "counts": defaultdict(int, disclosure.counts),
        "reception": {
            kind: Fact(f"reception.{kind}", ThreePublicItem.RECEPTION.label, disclosure.reception.get(kind, ZERO), ())
            for kind in _RECEPTION
        },
        "performance": _performance(disclosure),
        "reserved": _reserved(disclosure),
        "awarded": _awarded(disclosure),
        "evaluation_count": len(disclosure.evaluations),
        "annex_count": len(narrative.annexes),
        "grade_names": form.evaluation.grade_names if form.evaluation else {},
        "statements": [_statement(project, reader) for project in disclosure.projects if project.statement],
        "prior_executed": bool(disclosure.prior_executed),
        "project_count": len(disclosure.projects),
        "project_amounts": [_annual(project, project.name) for project in disclosure.projects],
        "sheet_count": sum(project.goal_sheet is not None for project in disclosure.projects),
        "separate_sheet_count": len(disclosure.separate_sheets),
        "separate_sheet_units": tuple(dict.fromkeys(sheet.unit for sheet in disclosure.separate_sheets)),
        "project_counts": {
            category: sum(project.category is category for project in disclosure.projects) for category in Category
        },
        "project_lists": _project_lists(disclosure),
    }


_RECEPTION = ("domestic", "foreign", "overseas")


def _notes(section: Mapping[str, Prose], reader: ProseReader) -> dict[str, str]:
    inside = {key: prose for key, prose in section.items() if key in CLAUSES}
    apart = {key: prose for key, prose in section.items() if key not in CLAUSES}
    return _clauses(inside, reader) | {key: reader.marked(prose, reader.read(prose)) for key, prose in apart.items()}


def _clauses(section: Mapping[str, Prose], reader: ProseReader) -> dict[str, str]:
    """Texts that stand inside a sentence of the form, without a stop of their own."""
    texts = {key: _on_one_line(reader.read(prose)).rstrip("。；，、：:") for key, prose in section.items()}
    return {key: reader.marked(section[key], text) for key, text in texts.items()}


def _performance(disclosure: Disclosure) -> dict[str, Any] | None:
    stated = disclosure.performance
    if stated is None:
        return None
    amount = Fact("performance.amount", "绩效目标项目资金", stated.amount, ())
    evaluated = Fact("performance.evaluated_amount", "部门评价项目资金", stated.evaluated_amount, ())
    return {
        "units": stated.units,
        "projects": stated.projects,
        "amount": amount,
        "grades": stated.grades,
        "evaluated": stated.evaluated,
        "evaluated_amount": evaluated,
        "goals": _managed("goals", "编报绩效目标的项目资金", stated.goals),
        "monitoring": _managed("monitoring", "绩效跟踪的项目资金", stated.monitoring),
        "average_score": stated.average_score,
        "problems": stated.problems,
    }


def _managed(key: str, title: str, stage: Managed | None) -> dict[str, Any] | None:
    if stage is None:
        return None
    return {"projects": stage.projects, "amount": Fact(f"performance.{key}.amount", title, stage.amount, ())}


def _reserved(disclosure: Disclosure) -> dict[str, Fact] | None:
    stated = disclosure.reserved
    if stated is None:
        return None
    return {
        "sme": Fact("procurement.reserved.sme", "面向中小企业预留的政府采购预算", stated.sme, ()),
        "micro": Fact("procurement.reserved.micro", "预留给小型和微型企业的政府采购预算", stated.micro, ()),
    }


def _awarded(disclosure: Disclosure) -> dict[str, Fact] | None:
    stated = disclosure.awarded
    if stated is None:
        return None
    amounts = {"sme": ("授予中小企业的合同", stated.sme)}
    amounts |= {key: (title, stated.amounts.get(key)) for key, title in AWARDED.items()}
    return {key: Fact(f"procurement.awarded.{key}", title, amount, ()) for key, (title, amount) in amounts.items()}


def _fixed_assets(disclosure: Disclosure) -> list[Fact]:
    """固定资产原值 by unit, called by the unit's short name."""
    stated = disclosure.assets.fixed_assets if disclosure.assets else ()
    units = disclosure.department.units
    names = {unit.id: unit.short_name for unit in units}
    return [Fact(f"assets.{unit}", names[unit], amount, (), unit) for unit, amount in stated if unit in names]


class Statement(Struct, frozen=True):
    """项目经费情况说明 of a project: its name, and its texts by their key in YAML."""

    name: str
    texts: Mapping[str, str]


def _statement(project: Project, reader: ProseReader) -> Statement:
    annual = _annual(project, "年度资金")
    texts = {key: reader.marked(prose, reader.read(prose, annual=annual)) for key, prose in project.statement.items()}
    return Statement(project.name, texts)


def _annual(project: Project, title: str) -> Fact:
    """The money of a project in the year."""
    return Fact(f"project.{project.id}.annual", title, total(project.lines), project.lines)


def _sentence(prose: Prose, reader: ProseReader) -> str:
    return reader.marked(prose, _on_one_line(reader.read(prose)))


def _on_one_line(text: str) -> str:
    """A text that stands inside a sentence of the form."""
    return "".join(text.splitlines())


def _project_lists(disclosure: Disclosure) -> list[ProjectList]:
    lists = [
        ProjectList(unit.short_name, tuple(p.name for p in disclosure.projects if p.unit == unit.id))
        for unit in disclosure.department.units
    ]
    return [project_list for project_list in lists if project_list.names]
