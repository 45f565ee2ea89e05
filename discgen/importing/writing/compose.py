"""Imported facts to the texts of all files of a department-year: the sections they are about, all else as it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from msgspec import Struct

from discgen.authoring.new_files import formatted
from discgen.authoring.skeleton import EXAMPLE, yaml_scalar
from discgen.fmt.canonical import canonical
from discgen.form.form import Form
from discgen.form.printed import printed_keys
from discgen.importing.imported import ImportedFacts, ImportedProject
from discgen.importing.problems import HandEditedError
from discgen.importing.sheets.values import Values
from discgen.importing.sheets.words import project_key
from discgen.importing.writing.prose import (
    declared_sections,
    narrative_sections,
    says_already,
    statement_section,
    with_reserved,
)
from discgen.importing.writing.sections import Section, Sections
from discgen.importing.writing.stamp import NOT_ROWS, amounts_in, is_ours, is_stamped, stamp
from discgen.load.target import schema_of
from discgen.load.year import YearFiles
from discgen.model.line import Line, Origin, total
from discgen.model.record import Reference
from discgen.money import exact_in_unit
from discgen.yamltext.edit import MARK, EditedFile

_NUMBERED = re.compile(r"([0-9]+)-")
_STEM = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_FEWEST_DIGITS = 2


class Composer(Struct, frozen=True):
    """Puts imported facts into the files that are there, or into skeletons."""

    year: YearFiles
    base: Mapping[str, str]
    """The files that are there, by their path in the workspace."""
    skeletons: Mapping[str, str]
    """Those that `init` would write, in the same way."""
    form: Form
    force: bool

    def texts(self, facts: ImportedFacts, values: Values) -> dict[str, str]:
        """All files of the import by their path in the workspace."""
        file = self.year.facts.file
        text = self.base.get(file) or self.skeletons[file]
        unit = str(EditedFile(text, file).value("unit") or "元")
        reference = Reference(values.dictionaries, {own.id: own.kind for own in values.department.units})
        writer = Sections(unit, reference, facts.unsure)
        sections = writer.write(facts.lines)
        if facts.prose:
            sections = with_reserved(sections, facts.prose, unit) | declared_sections(facts.prose, unit, writer)
        texts = {file: facts_text(text, file, sections, self.skeletons[file], force=self.force)}
        texts |= {name: self.skeletons[name] for name in self._prose() if name not in self.base}
        texts |= self._narrative(facts) if facts.prose else {}
        if facts.projects:
            removed = self.removed(facts)
            there = {name: text for name, text in self.base.items() if schema_of(name) == "project" and name != removed}
            example = self.year.file_in("projects", EXAMPLE).file
            files = ProjectFiles(str(PurePosixPath(example).parent), there, self.skeletons[example])
            in_yuan = Sections("元", reference, facts.unsure)
            texts |= files.texts(facts.projects, in_yuan, force=self.force)
        return texts

    def _narrative(self, facts: ImportedFacts) -> dict[str, str]:
        """narrative.yaml with what sheets of text say of it."""
        assert facts.prose is not None
        file = self.year.narrative.file
        sections = narrative_sections(facts.prose, printed_keys(self.form))
        text = self.base.get(file) or self.skeletons[file]
        return {file: facts_text(text, file, sections, self.skeletons[file], force=self.force)}

    def removed(self, facts: ImportedFacts) -> str:
        """The example of a project that `init` wrote, where it is as it was written and projects come in its place; else ''."""
        if not facts.projects:
            return ""
        example = self.year.file_in("projects", EXAMPLE).file
        written = self.base.get(example)
        return example if written is not None and written == formatted(self.skeletons[example], example) else ""

    def _prose(self) -> Iterator[str]:
        """The skeletons that `init` writes with the facts; an evaluation only where there is none yet."""
        yield self.year.narrative.file
        if not any(schema_of(file) == "evaluation" for file in self.base):
            yield from (file for file in self.skeletons if schema_of(file) == "evaluation")


def facts_text(text: str, file: str, sections: Mapping[str, Section], skeleton: str = "", *, force: bool) -> str:
    """A file with these sections; what is still as in its `skeleton` was never filled in.

    Raises HandEditedError where a section was edited by hand, unless by `force`.
    """
    edited, begun = EditedFile(text, file), EditedFile(skeleton, file) if skeleton else None
    changed = {key: section for key, section in sections.items() if not _already_has(edited, key, section)}
    for key, section in changed.items():
        is_begun = begun is not None and key in begun.keys and begun.value(key) == edited.value(key)
        _put(edited, key, section, force=force or is_begun or _is_open(edited, key))
        edited.drop_remarks(_commented_out(key))
    return _stamped(edited, changed)


def _is_open(edited: EditedFile, key: str) -> bool:
    """Whether a section was carried over from last year, or begun, and nobody has confirmed it: an import does."""
    return key in edited.keys and MARK in edited.remark(key)


def _commented_out(key: str) -> re.Pattern[str]:
    """A section as a skeleton shows it in remarks, to be filled in."""
    return re.compile(rf"(?m)^# {key}:.*\n(?:#(?:   .*)?\n)*")


def _put(edited: EditedFile, key: str, section: Section, *, force: bool) -> None:
    is_theirs = key in edited.keys and not (is_ours(edited, key) if section.is_lines else is_stamped(edited, key))
    if is_theirs and not force:
        place = edited.key_place((key,))
        raise HandEditedError(f"{place} “{key}”不是导入时写的样子，是手工写的或改过；确要用导入的换掉，加--force")
    kept = _for_small_firms(edited) if key == "procurement" and "reserved:" not in section.rows else ()
    edited.put(key, [*section.lines(key), *kept])


def _stamped(edited: EditedFile, sections: Mapping[str, Section]) -> str:
    """In canonical form, so that the digests hold after `discgen fmt`."""
    if not sections:
        return edited.text
    tidy = EditedFile(canonical(edited.text, edited.file), edited.file)
    for key, section in sections.items():
        stamp(tidy, key, section.origin)
    return tidy.text


def _already_has(edited: EditedFile, key: str, section: Section) -> bool:
    """Whether the file already has the section with the same amounts, all of them settled."""
    if _is_open(edited, key):
        return False
    if not section.is_lines:
        return says_already(edited, key, section)
    alone = EditedFile("\n".join([*section.lines(key), ""]), edited.file)
    return key in edited.keys and MARK not in section.rows and _facts(edited, key) == _facts(alone, key)


def _facts(edited: EditedFile, key: str) -> Counter[object]:
    """The amounts of a section that are not 0, with what is said of each."""
    return Counter((row, name, amount) for row, name, amount in amounts_in(edited.value(key), key) if amount)


def _for_small_firms(edited: EditedFile) -> Iterator[str]:
    """What is reserved for and awarded to 中小企业, as lines of 政府采购."""
    for key in NOT_ROWS:
        amounts = edited.value("procurement", key)
        if isinstance(amounts, dict):
            yield f"  {key}: {{{', '.join(f'{name}: {amount}' for name, amount in amounts.items())}}}"


class ProjectFiles(Struct, frozen=True):
    """The files of `projects/` by their path in the workspace, and what a new one begins as."""

    folder: str
    there: Mapping[str, str]
    skeleton: str

    def texts(self, projects: Sequence[ImportedProject], sections: Sections, *, force: bool) -> dict[str, str]:
        """The files of these projects: of those that are there only the amounts change, goal sheets stay.

        Raises HandEditedError where a file says another 科目 or unit, or its amounts were edited by hand.
        """
        edited = {file: EditedFile(text, file) for file, text in self.there.items()}
        by_name: dict[str, dict[str, EditedFile]] = {}
        for there, project_file in edited.items():
            by_name.setdefault(project_key(str(project_file.value("name"))), {})[there] = project_file
        names = _NewNames(self.folder, edited, sum(project_key(project.name) not in by_name for project in projects))
        texts: dict[str, str] = {}
        for project in projects:
            same = {
                there: project_file
                for there, project_file in by_name.get(project_key(project.name), {}).items()
                if there not in texts
            }
            amounts = sections.amounts(project.lines)
            file = next(_files_of(project, same), None)
            if file is None:
                file = names.take(project.id)
                texts[file] = self._new(project, file, amounts)
            else:
                texts[file] = _with_amounts(edited[file], project, amounts, force=force)
        return texts

    def _new(self, project: ImportedProject, file: str, amounts: Section) -> str:
        edited = EditedFile(self.skeleton, file)
        edited.put("name", [f"name: {yaml_scalar(project.name)}"])
        for key, value in _keys_of(project).items():
            if value and key in edited.keys:
                edited.put(key, [f"{key}: {value}"])
            elif value:
                edited.put(key, [f"{key}: {value}"], after="function")
            if key in edited.keys and (not value or key in project.unsure):
                edited.mark((key,))
        edited.put("amounts", amounts.lines("amounts"))
        _fill_in_funds(edited, project)
        sections = {"amounts": amounts}
        if project.statement:
            sections["statement"] = statement_section(project.statement)
            edited.put("statement", sections["statement"].lines("statement"))
            edited.drop_remarks(_commented_out("statement"))
        return _stamped(edited, sections)


class _NewNames:
    """Names for files of new projects: by their id, else numbered on, with as many digits as keep them in order."""

    def __init__(self, folder: str, there: Iterable[str], new: int) -> None:
        """`new` is how many there will be at most."""
        self._folder, self._taken = folder, set(there)
        numbers = [match[1] for file in self._taken if (match := _NUMBERED.match(PurePosixPath(file).name))]
        self._last = max(map(int, numbers), default=0)
        self._digits = max(_FEWEST_DIGITS, *map(len, numbers or [str(new)]))

    def take(self, stem: str) -> str:
        """The name of the next file, `stem` where it will do and is free."""
        file = f"{self._folder}/{stem}.yaml"
        if not _STEM.fullmatch(stem) or file in self._taken:
            self._last += 1
            file = f"{self._folder}/{self._last:0{self._digits}}-project.yaml"
        elif match := _NUMBERED.match(stem):
            self._last = max(self._last, int(match[1]))
        self._taken.add(file)
        return file


def _fill_in_funds(edited: EditedFile, project: ImportedProject) -> None:
    """The money of a new goal sheet, where the form has one: 年度资金 is without 上年结转 if there is other money."""
    current = [line for line in project.lines if line.origin is not Origin.CARRYOVER]
    _put_funds(edited, "annual", current or project.lines)
    _put_funds(edited, "whole_period", project.lines)


def _put_funds(edited: EditedFile, period: str, lines: Sequence[Line]) -> None:
    """As money of the level of budget that the skeleton names first, the department's own."""
    amount = exact_in_unit(total(lines), "元")
    levels = edited.value("goal_sheet", "funds", period)
    for level in list(levels)[:1] if isinstance(levels, dict) else ():
        edited.set(("goal_sheet", "funds", period, level), amount)


def _files_of(project: ImportedProject, same: Mapping[str, EditedFile]) -> Iterator[str]:
    """Of the files with the project's name those that are of it, likeliest first."""
    yield from (file for file in same if PurePosixPath(file).stem == project.id)
    yield from (file for file, edited in same.items() if not _differences(edited, project))
    yield from same if len(same) == 1 else ()


def _with_amounts(edited: EditedFile, project: ImportedProject, amounts: Section, *, force: bool) -> str:
    for key, (written, imported) in _differences(edited, project).items():
        if not force:
            place = edited.place((key,))
            raise HandEditedError(
                f"{place} “{key}”写的是{written or '空'}，导入的是{imported}；以导入的为准，加--force"
            )
        edited.put(key, [f"{key}: {imported}"])
    sections = {"amounts": amounts}
    if project.statement:
        sections["statement"] = statement_section(project.statement)
    changed = {key: section for key, section in sections.items() if not _already_has(edited, key, section)}
    for key, section in changed.items():
        _put(edited, key, section, force=force)
    return _stamped(edited, changed)


def _keys_of(project: ImportedProject) -> dict[str, str]:
    """The keys of a project's file that an import may say."""
    return {"unit": project.unit, "function": project.function_code, "category": str(project.category or "")}


def _differences(edited: EditedFile, project: ImportedProject) -> dict[str, tuple[str, str]]:
    """What the file and the import say differently of the project; what is not settled does not count."""
    differences: dict[str, tuple[str, str]] = {}
    for key, imported in _keys_of(project).items():
        written = str(edited.value(key) or "").partition(" ")[0]
        if imported and written != imported and key not in project.unsure:
            differences[key] = (written, imported)
    return differences
