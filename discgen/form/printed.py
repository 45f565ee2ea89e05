"""What a form prints of what a department may write: asked of its templates and tables, so that no list can be out of date.

A template asks by names (`assets.office_area`), a table by the `count` of a row, a sheet by its labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from jinja2 import Environment, TemplateNotFound, nodes

from discgen.form.compared import compared_names, names_in
from discgen.form.form import Form, load_form
from discgen.form.sheets import GoalSheetForm
from discgen.form.template_files import reached_templates, template_loader
from discgen.ledger.facts import load_catalogue
from discgen.model.line import Source

_DIRECTIVE = "!"
_COUNT, _CHART = "count:", "!chart"
_PRIOR = ("basic", "project", "three_public", "agency_operation", "opening_balance", "closing_balance")
"""The sections of `prior` that a form may do without; income and expenditure are those of any year."""
_NAMES: Mapping[str, tuple[str, ...]] = {
    "assets": ("assets", f"{_COUNT}vehicles.total"),
    "assets.as_of": ("assets.as_of",),
    "assets.vehicles.authorised": ("assets.authorised_vehicles",),
    "assets.vehicles.owned_by_use": ("assets.owned_by_use", f"{_COUNT}vehicles.other"),
    "assets.office_area": ("assets.office_area",),
    "assets.equipment": ("assets.equipment", f"{_COUNT}equipment.special_over_1m"),
    "assets.equipment.general_over_500k": (
        "assets.equipment.general_over_500k",
        f"{_COUNT}equipment.general_over_500k",
    ),
    "assets.equipment.special_over_1m": ("assets.equipment.special_over_1m", f"{_COUNT}equipment.special_over_1m"),
    "assets.fixed_assets": ("fixed_assets",),
    "assets.purchases": ("assets.purchases",),
    "performance": ("performance",),
    "performance.units": ("performance.units",),
    "performance.projects": ("performance.projects",),
    "performance.amount": ("performance.amount",),
    "performance.grades": ("performance.grades",),
    "performance.evaluated": ("performance.evaluated",),
    "performance.evaluated_amount": ("performance.evaluated_amount",),
    "procurement.reserved": ("reserved",),
    "reception": ("reception",),
    "overview.introduction": ("introduction",),
    "overview.organisation": ("offices", "centres"),
    "overview.organisation.centres": ("centres",),
    "office_telephone": ("department.office_telephone",),
    "annexes": (f"{_DIRECTIVE}annexes",),
    "statement": ("statements",),
    "goal_sheet": (f"{_DIRECTIVE}goal-sheets",),
}
"""By the key in a file, what it is called by those who print it; any of them does."""

_PROSE = {"overview.introduction"}
_SHEET = ("goal_sheet.goal.whole_period", "goal_sheet.goal.annual", "goal_sheet.filled_on")
"""What some forms' goal sheets have no place for."""


@cache
def printed_keys(form_name: str) -> frozenset[str]:
    """What the form prints of files: keys as in `unprinted_keys`, and the sources of which tables and sentences are made."""
    form = load_form(form_name)
    templates, directives = _templates(form)
    spoken = {name for template in templates for name in names_in(template)} | {words[0] for words in directives}
    spoken |= {f"{_COUNT}{row.count}" for table in form.tables for block in table.blocks for row in block.rows}
    keys = {key for key, names in _NAMES.items() if not spoken.isdisjoint(names)}
    keys |= {name for name in spoken if name.startswith("counts.")}
    compared = {*compared_names(templates), *(words[1] for words in directives if words[0] == _CHART)}
    keys |= {f"prior.{source}" for source in _asked(compared)}
    keys |= set(_of_sheet(form.goal_sheet)) if form.goal_sheet else set()
    return frozenset(keys | {str(source) for source in (*_asked(spoken), *_shown(form))})


def unprinted_keys(form_name: str) -> list[str]:
    """The keys of files that a form may print, and this one does not; those above others first.

    Prose is not among them: whether it is printed is seen on the page.
    """
    return sorted({*(_NAMES.keys() - _PROSE), *_SHEET, *(f"prior.{name}" for name in _PRIOR)} - printed_keys(form_name))


def _templates(form: Form) -> tuple[list[nodes.Template], list[list[str]]]:
    """The templates that the document is made of, and the words of the lines in them that place figures."""
    environment, loader = Environment(autoescape=True), template_loader(form.folders)
    directives: list[list[str]] = []

    def read(name: str) -> nodes.Template | None:
        try:
            text, _, _ = loader.get_source(environment, name)
        except TemplateNotFound:  # told where the form is tried
            return None
        directives.extend(line.split() for line in text.splitlines() if line.startswith(_DIRECTIVE))
        return environment.parse(text)

    return list(reached_templates(form.parts, form.sections, read)), directives


def _of_sheet(sheet: GoalSheetForm) -> Iterator[str]:
    """The keys of `_SHEET` that the form's goal sheet prints."""
    yield from (f"goal_sheet.goal.{period}" for period in sheet.periods)
    if sheet.labels.get("filled_on"):
        yield "goal_sheet.filled_on"


def _asked(names: Iterable[str]) -> Iterator[Source]:
    """The sources of the facts and groups among names."""
    catalogue = load_catalogue()
    for name in names:
        question = catalogue.facts.get(name) or catalogue.groups.get(name)
        if question:
            yield from question.query.sources


def _shown(form: Form) -> Iterator[Source]:
    """The sources of the form's tables."""
    for block in (block for table in form.tables for block in table.blocks):
        yield from block.base.sources
        for row in (*block.rows, *block.foot):
            yield from row.sources
        for column in block.leaves():
            yield from column.sources
