"""Codes that the year's dictionaries lack and a ledger names, to `additional_codes` of the department."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from discgen.authoring.new_files import formatted
from discgen.authoring.skeleton import yaml_scalar
from discgen.importing.imported import ImportedFacts, NamedCode
from discgen.importing.sheets.words import plain
from discgen.ledger.query import CLASSIFICATION_OF
from discgen.reference.codes import Classification, Dictionary
from discgen.yamltext.edit import EditedFile

_KEY = "additional_codes"
NO_NAME = "待补充"
"""The name of a code that no file names; `check` finds it."""
_MOST_NAMED = 8
"""How many codes with other names than the dictionary's are named."""
_Key = tuple[Classification, str]


class NamedCodes(Struct, frozen=True):
    """The codes to add, in their order, and remarks on others, in Chinese."""

    added: tuple[NamedCode, ...]
    """Those above them that no file names are among them, named `NO_NAME`."""
    remarks: tuple[str, ...]

    def known(self, dictionaries: Mapping[Classification, Dictionary]) -> dict[Classification, Dictionary]:
        """The dictionaries with the added codes."""
        return {
            of: known.with_codes((named.code, named.name) for named in self.added if named.classification is of)
            for of, known in dictionaries.items()
        }

    def describe(self) -> Iterator[str]:
        """What was added, then the remarks."""
        named = [code for code in self.added if code.name != NO_NAME]
        nameless = [code for code in self.added if code.name == NO_NAME]
        if named:
            yield f"科目字典里没有、照表里的名称补上的：{_listed(named)}；照批复核对"
        if nameless:
            yield f"上面几级的名称表里没有，先写“{NO_NAME}”，照批复改好department.yaml：{_listed(nameless)}"
        yield from self.remarks

    def unwritten(self) -> NamedCodes:
        """The same where the department's file is not written so that rows can be added."""
        message = (
            f"department.yaml的{_KEY}不是一行一条的写法，没有补，改成“- {{…}}”一行一条再导入：{_listed(self.added)}"
        )
        return replace(self, added=(), remarks=(message, *self.remarks))


def name_codes(
    names: Iterable[NamedCode], facts: ImportedFacts, dictionaries: Mapping[Classification, Dictionary]
) -> NamedCodes:
    """What to add of the codes that the facts use and of those above them; what has two names is left alone."""
    used = set(_used(facts))
    by_code: dict[_Key, dict[str, NamedCode]] = {}
    for named in names:
        key = (named.classification, named.code)
        if key in used:
            by_code.setdefault(key, {}).setdefault(plain(named.name), named)
    lacking = {key: own for key, own in by_code.items() if key[1] not in dictionaries[key[0]]}
    order = list(Classification)
    added = {key: next(iter(own.values())) for key, own in lacking.items() if len(own) == 1}
    for named in list(added.values()):
        for code in named.classification.ancestry(named.code):
            if (named.classification, code) not in lacking and code not in dictionaries[named.classification]:
                added[(named.classification, code)] = replace(named, code=code, name=NO_NAME)
    known = {key: own for key, own in by_code.items() if key not in lacking}
    in_order = sorted(added.values(), key=lambda named: (order.index(named.classification), named.code))
    return NamedCodes(tuple(in_order), (*_ambiguous(lacking), *_other_names(known, dictionaries)))


def with_codes(text: str, file: str, added: Sequence[NamedCode]) -> EditedFile:
    """The department's file with rows for these codes after those it has; its layout stays as neat as it was.

    Raises UneditableError where its rows are not one a line.
    """
    edited = EditedFile(text, file)
    there = edited.value(_KEY)
    if not there:
        edited.put(_KEY, [f"{_KEY}:", *(f"  - {_row(code)}" for code in added)])
    for number, code in enumerate(added if there else (), start=len(there or "")):
        edited.insert((_KEY, number), _row(code))
    return EditedFile(formatted(edited.text, file), file) if formatted(text, file) == text else edited


def _row(named: NamedCode) -> str:
    name, source = yaml_scalar(named.name), yaml_scalar(named.file)
    return f"{{classification: {named.classification}, code: {named.code}, name: {name}, source: {source}}}"


def _used(facts: ImportedFacts) -> Iterator[_Key]:
    """All codes of the facts with those above them."""
    projects = (project.lines for project in facts.projects)
    for line in (line for lines in (*facts.lines.values(), *projects) for line in lines):
        for dimension, classification in CLASSIFICATION_OF.items():
            for code in classification.ancestry(getattr(line, dimension) or ""):
                yield classification, code


def _listed(codes: Sequence[NamedCode]) -> str:
    groups = groupby(codes, key=lambda named: named.classification)
    return "；".join(f"{of.label}{'、'.join(f'{named.code} {named.name}' for named in group)}" for of, group in groups)


def _ambiguous(lacking: Mapping[_Key, Mapping[str, NamedCode]]) -> Iterator[str]:
    for (classification, code), several in lacking.items():
        if len(several) > 1:
            listed = "、".join(f"“{named.name}”" for named in several.values())
            yield f"{classification.label}里没有{code}，表里有几个名称（{listed}），没有补"


def _other_names(
    known: Mapping[_Key, Mapping[str, NamedCode]], dictionaries: Mapping[Classification, Dictionary]
) -> Iterator[str]:
    """Names that are not those of the dictionary, which stay as they are there."""
    differences = [
        f"{code}是“{right}”，表里写“{named.name}”"
        for (classification, code), several in known.items()
        for named in several.values()
        if plain(named.name) != plain(right := dictionaries[classification].name(code))
    ]
    if differences:
        yield f"名称和科目字典不同、没有改的：{'；'.join(differences[:_MOST_NAMED])}{'等' if len(differences) > _MOST_NAMED else ''}"
