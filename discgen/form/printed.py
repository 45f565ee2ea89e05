"""What a form prints of what a department may write, read off its templates and tables, so that no list can be out of date.

A template asks by names (`assets.office_area`), a table by the `count` of a row, a sheet by its labels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    PrefixLoader,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
    nodes,
)

from discgen.compiled import keep_compiled
from discgen.form.files import FormTexts
from discgen.form.form import MOST_KEPT, Form, load_shipped_form
from discgen.form.sheets import GoalSheetForm
from discgen.ledger.facts import load_catalogue
from discgen.model.line import Source, Stage
from discgen.reference.folders import cache_shipped

_DIRECTIVE = "!"
_COUNT, _CHART = "count:", "!chart"
_PRIOR = ("basic", "project", "three_public", "agency_operation", "opening_balance", "closing_balance")
"""The sections of `prior` that a form may do without; income and expenditure are those of any year."""
_PLANNED = f"approved.{Source.THREE_PUBLIC}"
"""年初预算 of “三公”经费, which tables show that ask for it; 年初预算 of expenditure is in the text of all accounts."""
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
    "performance.goals": ("performance.goals",),
    "performance.monitoring": ("performance.monitoring",),
    "performance.average_score": ("performance.average_score",),
    "performance.problems": ("performance.problems",),
    "prior_executed": ("prior_executed",),
    "procurement.reserved": ("reserved",),
    "procurement.awarded": ("awarded",),
    "procurement.awarded.goods": ("awarded.goods",),
    "procurement.awarded.works": ("awarded.works",),
    "procurement.awarded.services": ("awarded.services",),
    "procurement.awarded.micro": ("awarded.micro",),
    "procurement.awarded.reserved_sme": ("awarded.reserved_sme",),
    "procurement.awarded.reserved_micro": ("awarded.reserved_micro",),
    "procurement.awarded.others": ("awarded.others",),
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


def printed_keys(form: Form) -> frozenset[str]:
    """What the form prints of files: keys as in `unprinted_keys`, and the sources of which tables and sentences are made."""
    return _printed(form) if form.is_own else printed_by_shipped(form.name)


@keep_compiled
def printed_by_shipped(name: str) -> frozenset[str]:
    """The same of a form that ships with the program, by its name."""
    return _printed(load_shipped_form(name))


@partial(cache_shipped, most=MOST_KEPT)
def _printed(form: Form) -> frozenset[str]:
    templates, directives = _templates(form)
    asked = {name for template in templates for name in names_in(template)} | {words[0] for words in directives}
    asked |= {f"{_COUNT}{row.count}" for table in form.tables for block in table.blocks for row in block.rows}
    keys = {key for key, names in _NAMES.items() if not asked.isdisjoint(names)}
    keys |= {name for name in asked if name.startswith("counts.")}
    compared = {*compared_names(templates), *(words[1] for words in directives if words[0] == _CHART)}
    keys |= {f"prior.{source}" for source in _sources_asked(compared)}
    keys |= set(_of_sheet(form.goal_sheet)) if form.goal_sheet else set()
    keys |= {_PLANNED} if _shows_planned(form) else set()
    return frozenset(keys | {str(source) for source in (*_sources_asked(asked), *_shown(form))})


def unprinted_keys(form: Form) -> list[str]:
    """The keys of files that a form may print, and this form does not; a key comes before those below it.

    Prose is not among them: whether it is printed is seen on the page.
    """
    known = {*(_NAMES.keys() - _PROSE), *_SHEET, _PLANNED, *(f"prior.{name}" for name in _PRIOR)}
    return sorted(known - printed_keys(form))


def _templates(form: Form) -> tuple[list[nodes.Template], list[list[str]]]:
    """The templates that the document is made of, and the words of the lines in them that place figures."""
    environment, loader = Environment(autoescape=True), template_loader(form)
    directives: list[list[str]] = []

    def read(name: str) -> nodes.Template | None:
        try:
            text, _, _ = loader.get_source(environment, name)
        except TemplateNotFound:  # reported where the form is tried
            return None
        directives.extend(line.split() for line in text.splitlines() if line.startswith(_DIRECTIVE))
        try:
            return environment.parse(text)
        except TemplateSyntaxError:  # and this with its line
            return None

    return list(reached_templates(form.parts, form.sections, read)), directives


def _of_sheet(sheet: GoalSheetForm) -> Iterator[str]:
    """The keys of `_SHEET` that the form's goal sheet prints."""
    yield from (f"goal_sheet.goal.{period}" for period in sheet.periods)
    if sheet.labels.get("filled_on"):
        yield "goal_sheet.filled_on"


def _sources_asked(names: Iterable[str]) -> Iterator[Source]:
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
        for column in block.flat_columns():
            yield from column.sources


def _shows_planned(form: Form) -> bool:
    """Whether a table shows 年初预算 of “三公”经费."""
    return any(
        Source.THREE_PUBLIC in block.base.sources and Stage.APPROVED in column.where.get("stage", ())
        for table in form.tables
        for block in table.blocks
        for column in block.flat_columns()
    )


_FILTERS = {"versus_prior", "prior"}
_TESTS = {"comparable", "changed"}
_LAST_YEAR = ("prior.", "change.")


def dotted(node: nodes.Node) -> str:
    """`assets.office_area`; empty where something else than a name stands before the first step."""
    if isinstance(node, nodes.Name):
        return node.name
    before = dotted(node.node) if isinstance(node, nodes.Getattr) else ""
    return f"{before}.{node.attr}" if before and isinstance(node, nodes.Getattr) else ""


def names_in(node: nodes.Node) -> Iterator[str]:
    """All names in a piece of a template, with those before each step."""
    for part in (node, *node.find_all((nodes.Name, nodes.Getattr))):
        name = dotted(part)
        if name:
            yield name


def compared_names(templates: Sequence[nodes.Template]) -> Iterator[str]:
    """The names of facts and groups that are compared: by a filter, a test or a macro that does so, one by one or in a loop."""
    macros = {
        macro.name for template in templates for macro in template.find_all(nodes.Macro) if _compares(macro, set())
    }
    for template in templates:
        for loop in template.find_all(nodes.For):
            if any(_compares(step, macros) for step in loop.body):
                yield from names_in(loop.iter)
        for step in template.find_all(nodes.Getattr):
            if dotted(step).startswith(_LAST_YEAR):
                yield dotted(step).partition(".")[2]
        for node in template.find_all((nodes.Filter, nodes.Test, nodes.Call)):
            if _is_comparison(node, macros):
                for part in node.args if isinstance(node, nodes.Call) else node.iter_child_nodes(only=("node",)):
                    yield from names_in(part)


def _compares(node: nodes.Node, macros: set[str]) -> bool:
    """Whether anything is compared in a piece of a template."""
    return any(_is_comparison(part, macros) for part in (node, *node.find_all((nodes.Filter, nodes.Test, nodes.Call))))


def _is_comparison(node: nodes.Node, macros: set[str]) -> bool:
    if isinstance(node, nodes.Call):
        return isinstance(node.node, nodes.Name) and node.node.name in macros
    return (isinstance(node, nodes.Filter) and node.name in _FILTERS) or (
        isinstance(node, nodes.Test) and node.name in _TESTS
    )


SUFFIX = ".md.j2"
"""What the names of templates that are parts or sections end in."""


class _TextLoader(BaseLoader):
    """Templates of one form out of its texts; no file is read."""

    def __init__(self, texts: FormTexts) -> None:
        self._texts = texts

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:  # noqa: ARG002 - Jinja's signature
        """The text of a template, and its file as findings name it. Raises TemplateNotFound."""
        name = f"narrative/{template}"
        if name not in self._texts.files:
            raise TemplateNotFound(template)
        return self._texts.files[name], f"{self._texts.folder}/{name}", None


def template_loader(form: Form) -> BaseLoader:
    """The form's templates and its ancestors', the nearest first; `<form>/<template>` is that of one form of its line."""
    loaders = [(texts.name, _TextLoader(texts)) for texts in form.layers]
    return ChoiceLoader([*(loader for _, loader in loaders), PrefixLoader(dict(loaders))])


def reached_templates(
    parts: Sequence[str], sections: Sequence[str], read: Callable[[str], nodes.Template | None]
) -> Iterator[nodes.Template]:
    """The templates of a form's parts and sections, and those that they take in, each once.

    `read` gives the syntax of a template by its name, and none for one that cannot be read.
    """
    waiting = [f"{part}{SUFFIX}" for part in parts] + [f"situation/{section}{SUFFIX}" for section in sections]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        syntax = read(name)
        if syntax is not None:
            yield syntax
            waiting += [other for other in meta.find_referenced_templates(syntax) if other]
