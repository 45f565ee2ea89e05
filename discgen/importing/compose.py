"""Imported facts to the texts of all files of a department-year: those that are there with new sections, or skeletons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from discgen.authoring.edit import EditedFile
from discgen.authoring.new_files import formatted
from discgen.importing.facts import ImportedFacts
from discgen.importing.file_texts import ProjectFiles, facts_text
from discgen.importing.sections import Sections
from discgen.importing.values import Values
from discgen.load.target import KINDS, Target
from discgen.model.record import Reference

_EXAMPLE = "projects/01-example.yaml"
"""The file of projects that `init` writes."""


@dataclass(frozen=True, slots=True)
class Composer:
    """Puts imported facts into the files that are there, or into skeletons."""

    folder: str
    """That of the year, in the workspace."""
    target: Target
    base: Mapping[str, str]
    skeletons: Mapping[str, str]
    force: bool

    def texts(self, facts: ImportedFacts, values: Values) -> dict[str, str]:
        """All files of the import by their path in the workspace."""
        file = f"{self.folder}/{self.target.kind}.yaml"
        text = self.base.get(file) or self._skeleton(file)
        unit = str(EditedFile(text, file).value("unit") or "元")
        reference = Reference(values.dictionaries, {one.id: one.kind for one in values.department.units})
        sections = Sections(unit, reference, facts.unsure).write(facts.lines)
        texts = {file: facts_text(text, file, sections, force=self.force)}
        texts |= {name: self._skeleton(name) for name in self._prose() if name not in self.base}
        if facts.projects:
            is_project = f"{self.folder}/projects/"
            removed = self.removed(facts)
            there = {name: one for name, one in self.base.items() if name.startswith(is_project) and name != removed}
            files = ProjectFiles(f"{self.folder}/projects", there, self._skeleton(f"{self.folder}/{_EXAMPLE}"))
            in_yuan = Sections("元", reference, facts.unsure)
            texts |= files.texts(facts.projects, in_yuan, force=self.force)
        return texts

    def removed(self, facts: ImportedFacts) -> str:
        """The example of a project that `init` wrote, where it is as it was written and projects come in its place; else ''."""
        example = f"{self.folder}/{_EXAMPLE}"
        written = self.base.get(example) if facts.projects else None
        return example if written is not None and written == formatted(self._skeleton(example), example) else ""

    def _skeleton(self, file: str) -> str:
        return self.skeletons["/".join(file.split("/")[2:])]

    def _prose(self) -> Iterator[str]:
        """The skeletons that `init` writes beside the facts; an evaluation only where there is none yet."""
        yield f"{self.folder}/{KINDS[self.target.kind].narrative}"
        example = f"{self.folder}/evaluations/01-example.yaml"
        has_one = any(name.startswith(f"{self.folder}/evaluations/") for name in self.base)
        if f"{self.target.year}/evaluations/01-example.yaml" in self.skeletons and not has_one:
            yield example
