"""The facts of a department narrowed to one of its units: what of them the unit's own document is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from discgen.diagnostics import Place
from discgen.load.target import DEPARTMENT_FILE, KINDS, Target, schema_of
from discgen.model.disclosure import Disclosure, Narrative, Prior, Stated
from discgen.model.evaluation import Evaluation
from discgen.model.line import Lines
from discgen.model.project import Project, SeparateSheet
from discgen.model.prose import Prose
from discgen.model.waiver import Waiver
from discgen.yamltext.tree import Tree


class Words(Struct, frozen=True):
    """What is a unit's own: its prose, its waivers, and the files in which they are."""

    narrative: Narrative
    waivers: tuple[Waiver, ...]
    files: tuple[Tree, ...]


def narrowed(disclosure: Disclosure, target: Target, form: str, words: Words | None) -> Disclosure:
    """The facts of a department as those of the target's unit, to be printed in a form of this name.

    Lines, projects, reports and what is counted are the unit's, as far as they say so. Duties, reasons and notes are
    its own; what the money of a 科目 is for is taken from the department where the unit does not say. Without
    `words` the unit has none. Raises KeyError where the department has no such unit.
    """
    unit = target.unit
    department = disclosure.department.narrowed(unit)
    lines = _of_unit(disclosure.lines, unit)
    projects = tuple(project for project in disclosure.projects if project.unit == unit)
    sheets = tuple(sheet for sheet in disclosure.separate_sheets if sheet.unit == department.name)
    evaluations = tuple(evaluation for evaluation in disclosure.evaluations if evaluation.unit == unit)
    own_files = {place.file for place in _places(projects, sheets, evaluations)}
    return replace(
        disclosure,
        target=target,
        department=department,
        form=form,
        lines=lines,
        projects=projects,
        separate_sheets=sheets,
        evaluations=evaluations,
        stated=disclosure.stated_by_unit.get(unit, Stated()),
        stated_by_unit={},
        narrative=_narrative(disclosure.narrative, words, lines),
        declared_prior=_declared(disclosure.declared_prior, unit),
        prior_executed=_executed(disclosure.prior_executed, unit),
        declared_approved=_declared(disclosure.declared_approved, unit),
        merged_from=(),
        waivers=words.waivers if words else (),
        files=(
            *(tree for tree in disclosure.files if _is_shared(tree, target) or tree.file in own_files),
            *(words.files if words else ()),
        ),
    )


def _executed(lines: Lines, unit: str) -> Lines:
    """The unit's of lines that all say whose they are; else nothing is known of it."""
    return _of_unit(lines, unit) if all(line.unit for own in lines.values() for line in own) else {}


def _of_unit(lines: Lines, unit: str) -> Lines:
    return {source: tuple(line for line in own if line.unit == unit) for source, own in lines.items()}


def _places(
    projects: Iterable[Project], sheets: Iterable[SeparateSheet], evaluations: Iterable[Evaluation]
) -> Iterator[Place]:
    """Where the names of projects, sheets and reports stand, each in a file of its own."""
    yield from (project.place for project in projects)
    yield from (sheet.place for sheet in sheets)
    yield from (evaluation.place for evaluation in evaluations)


def _is_shared(tree: Tree, target: Target) -> bool:
    """Whether a file of the department is about all its units: what they are called, and the facts."""
    return schema_of(tree.file) in (schema_of(DEPARTMENT_FILE), schema_of(KINDS[target.kind].facts))


def _declared(declared: Prior | None, unit: str) -> Prior | None:
    return replace(declared, lines=_of_unit(declared.lines, unit)) if declared else None


def _narrative(department: Narrative, words: Words | None, lines: Lines) -> Narrative:
    own = words.narrative if words else _without_words(department)
    codes = {line.function_code for lines_of_source in lines.values() for line in lines_of_source} - {None}
    inherited: dict[str, Prose] = {
        key: prose
        for key, prose in department.purposes.items()
        if key not in own.purposes and any(code and code.startswith(key) for code in codes)
    }
    return replace(own, purposes={**inherited, **own.purposes})


def _without_words(narrative: Narrative) -> Narrative:
    return Narrative(None, (), (), (), {}, {}, {}, {}, {}, {}, (), narrative.place, narrative.purposes_place)
