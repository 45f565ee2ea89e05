"""Next year's files of a department from this year's."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from discgen.authoring.carry import carry, carry_waivers, is_finished
from discgen.authoring.new_files import plan_new, refuse_existing
from discgen.errors import Refusal
from discgen.form.files import form_names, newest_form
from discgen.load.editing import edited_file
from discgen.load.own_files import own_files
from discgen.load.target import DEFAULT_KIND, KINDS, Target
from discgen.load.workspace import Workspace
from discgen.load.year import DataFile, YearFiles
from discgen.model.department import department_of
from discgen.validate.schema import validate
from discgen.yamltext.edit import EditedFile, refuse_errors
from discgen.yamltext.nodes import UneditableError


class Rollover(Struct, frozen=True):
    """What was written: the files, the names of finished projects left out, and what else there is to say."""

    target: Target
    files: tuple[Path, ...]
    finished: tuple[str, ...]
    remarks: tuple[str, ...]


def roll_over(workspace: Workspace, department: str, year: int, kind: str | None = None) -> Rollover:
    """Write `year` from the year before. Nothing that exists is changed; nothing is written where anything is amiss.

    Without a `kind`, the budget where there is one, else the accounts. Raises Refusal,
    and UnwritableError where a file cannot be written.
    """
    last = _last(workspace, department, year, kind)
    target = Target(department, year, last.kind)
    refuse_existing(workspace, target)
    try:
        texts, finished, remarks = _texts(workspace, last)
    except UneditableError as refusal:
        raise Refusal(f"先把{last}的文件改好，再做下一年的：{refusal}") from refusal
    new = YearFiles(workspace, target)
    planned = plan_new(workspace, target, {new.counterpart(file): text for file, text in texts.items()})
    remarks += [f"已经有{name}，没有动它" for name in planned.taken]
    return Rollover(target, tuple(planned.write()), tuple(finished), tuple(remarks))


def _last(workspace: Workspace, department: str, year: int, kind: str | None) -> Target:
    """What `year` is written from."""
    kinds = [kind] if kind else sorted(KINDS, key=lambda name: name != DEFAULT_KIND)
    there = [target for target in workspace.targets() if target.department == department]
    if not there:
        raise Refusal(f"没有部门“{department}”，新部门用discgen init")
    for target in (Target(department, year - 1, name) for name in kinds):
        if target in there:
            return target
    latest = max((target for target in there if target.kind in kinds), key=lambda target: target.year, default=None)
    has = f"最近的是{latest.year}年，下一年是{latest.year + 1}" if latest else f"第一年用discgen init {department}"
    raise Refusal(f"{department}没有{year - 1}年的文件，做不出{year}年的：{has}")


def _texts(workspace: Workspace, last: Target) -> tuple[dict[DataFile, str], list[str], list[str]]:
    """Next year's texts by this year's files, the names of projects left out, and remarks."""
    texts: dict[DataFile, str] = {}
    finished: list[str] = []
    files = YearFiles(workspace, last)
    form, remarks = _next_form(workspace, str(edited_file(workspace, files.facts.path).value("form")), last.year)
    own, left = _of_units(workspace, last)
    remarks += [f"单位“{unit}”到{last.year}年止，没有带过来" for unit in left]
    for file in (*files.of_kind(), *(unit.narrative for unit in own)):
        edited = edited_file(workspace, file.path)
        if file.schema in ("project", "goal_sheet_file") and is_finished(edited):
            finished.append(f"{file.path.name}（{edited.value('name')}）")
        else:
            texts[file] = carry(edited, file.schema, last.year, form)
    carried = [file.name for file in texts]
    for waivers in (files.waivers, *(unit.waivers for unit in own)):
        if waivers.is_there():
            edited = edited_file(workspace, waivers.path)
            text = carry_waivers(edited, last.year, _lapsed(edited, carried))
            texts |= {waivers: text} if text else {}
    return texts, finished, remarks


def _of_units(workspace: Workspace, last: Target) -> tuple[list[YearFiles], list[str]]:
    """The files of the units that publish next year too, and the units that are gone by then."""
    documents = [replace(last, unit=unit) for unit in workspace.units_of(last)]
    if not documents:
        return [], []
    department = edited_file(workspace, workspace.department_file(last.department)).tree
    refuse_errors(validate(department, "department"))
    next_year = department_of(department, last.year + 1)
    own = [YearFiles(workspace, target) for target in documents if next_year.has_unit(target.unit)]
    there = [files for files in own if files.narrative.is_there()]
    return there, [target.unit for target in documents if not next_year.has_unit(target.unit)]


def _next_form(workspace: Workspace, form: str, year: int) -> tuple[str, list[str]]:
    """The newest form of the same line that next year may use, with a word about it."""
    following = newest_form(form, year + 1, form_names(own_files(workspace)))
    if following != form:
        return following, [f"表式由{form}换成{following}"]
    return form, [f"没有{year + 1}年的表式，仍用{form}"]


def _lapsed(waivers: EditedFile, carried: list[str]) -> list[int]:
    """The waivers that are about no file of next year."""
    rows = waivers.value("waivers")
    ats = [str(waivers.value("waivers", index, "at")) for index in range(len(rows) if isinstance(rows, list) else 0)]
    return [index for index, at in enumerate(ats) if not any(fnmatchcase(name, at) for name in carried)]
