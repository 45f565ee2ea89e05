"""The rows of a form's table, recognised by their labels and codes, to what they ask for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from discgen.form.table_spec import BlockSpec, RowSpec
from discgen.importing.sheets.heads import meaning_of_head
from discgen.importing.sheets.values import UnclearValueError, Values, name_problem
from discgen.importing.sheets.words import in_one_line, plain
from discgen.ledger.query import CLASSIFICATION_OF
from discgen.model.build_lines import usual_unit_kind
from discgen.model.line import UnitKind
from discgen.reference.codes import CLASS_DIGITS, Classification, Dictionary, values_of

_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|其中[:、]?|[0-9]+[.、]?)")
_LABELS = ("label", "name", "department_economic_name", "code", "class_code")
"""The columns of text that a fixed row's label may stand in."""
_CODED = {
    "function_code": "function_code",
    "function_class": "function_code",
    "income_code": "income_code",
    "economic_pair": "department_economic_code",
    "department_economic_code": "department_economic_code",
    "department_economic_catalogue": "department_economic_code",
}
"""The dimension of each kind of row that a form makes for each code."""
SAME_NAME = "\t"
"""What follows the name of a project that another project bears too."""
_OTHER_KIND = {
    UnitKind.ADMINISTRATIVE: UnitKind.INSTITUTION,
    UnitKind.INSTITUTION: UnitKind.ADMINISTRATIVE,
    None: UnitKind.INSTITUTION,
}
"""The kind of unit that the second row of a pair is of, by that of the first."""


class RowReader:
    """Reads the rows of one block from the top down: of rows with one label, the first comes first."""

    def __init__(self, block: BlockSpec, values: Values) -> None:
        self.counted = False
        """Whether a row of vehicles or equipment was passed over."""
        self._values = values
        self._fixed = [row for row in (*block.rows, *block.foot) if not row.each]
        self._made = {row.each for row in (*block.rows, *block.foot) if row.each}
        self._seen: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, ...]] = Counter()
        self._class = ""
        self._unit_above = ""
        self.project_units: dict[str, str] = {}
        """The unit that a project's row stands below, by the project's name."""
        self.projects: Counter[str] = Counter()
        """How often each project has been read, by its name."""

    def read(self, texts: Mapping[str, str], *, has_amounts: bool) -> RowSpec | None:
        """The row with these texts by what their columns show; None for one without amounts of money.

        Raises UnclearValueError.
        """
        labels = [texts[show] for show in _LABELS if texts.get(show)]
        if not has_amounts:
            self._remember_class(texts)
            self._take(labels)
            return None
        fixed = self._take(labels)
        if fixed is not None:
            self.counted = self.counted or bool(fixed.count)
            return None if fixed.count or fixed.kind in ("blank", "heading") else fixed
        if not labels:
            raise UnclearValueError("这一行有金额，没有项目名称")
        return RowSpec(where=self._where(texts, labels[0]))

    def _take(self, labels: list[str]) -> RowSpec | None:
        """The next fixed row with one of these labels that was not read yet; without labels the block's only row."""
        if not labels:
            return self._fixed[0] if len(self._fixed) == 1 and not self._fixed[0].label else None
        for label in labels:
            key = label_key(label)
            name = self._values.department.name
            same = [row for row in self._fixed if row.label and label_key(row.label.format(department=name)) == key]
            if key and self._seen[key] < len(same):
                self._seen[key] += 1
                return same[self._seen[key] - 1]
        return None

    def _remember_class(self, texts: Mapping[str, str]) -> None:
        name = texts.get("department_economic_name", "")
        if name:
            codes = [code for code in self._economic().classes() if plain(self._economic().name(code)) == plain(name)]
            self._class = codes[0] if len(codes) == 1 else self._class

    def _where(self, texts: Mapping[str, str], label: str) -> dict[str, tuple[str, ...]]:
        """The question of a row that the form makes for each code, unit or project. Raises UnclearValueError."""
        for each in sorted(self._made):
            dimension = _CODED.get(each)
            code = self._code(dimension, texts) if dimension else ""
            if dimension and code:
                return {dimension: (code,)} | (self._pair(code, texts) if each == "economic_pair" else {})
        if self._made & {"unit", "project_by_unit"}:
            unit = self._unit(label)
            if unit:
                self._unit_above = unit
                return {"unit": (unit,)}
        if self._made & {"project", "project_by_unit"}:
            return self._project(in_one_line(label))
        raise UnclearValueError(f"不认识的行“{label}”：表式的这张表里没有，也不是科目、单位或项目")

    def _code(self, dimension: str, texts: Mapping[str, str]) -> str:
        written = (
            "".join(
                texts.get(show, "").strip().zfill(length) if texts.get(show) else ""
                for show, length in (("class_code", 3), ("group_code", 2), ("item_code", 2))
            )
            or texts.get("code", "").strip()
        )
        if written.isdecimal():
            return written
        names = [texts[show] for show in ("department_economic_name", "name", "label") if texts.get(show)]
        return self._named(dimension, names[0], texts) if names else ""

    def _named(self, dimension: str, text: str, texts: Mapping[str, str]) -> str:
        """The code of a name, of several the one below the class above. Raises UnclearValueError where that is in doubt."""
        dictionary = self._values.dictionaries[CLASSIFICATION_OF[dimension]]
        name = _NUMBERING.sub("", plain(text))
        classes = [code for code in dictionary.classes() if plain(dictionary.name(code)) == name]
        if dimension == "function_code":
            return classes[0] if len(classes) == 1 else ""
        if classes and classes[0] != self._class and not texts.get("government_economic_name"):
            self._class = classes[0]
            return classes[0]
        below = [code for code, known in dictionary.names.items() if len(code) > CLASS_DIGITS and plain(known) == name]
        inside = [code for code in below if code.startswith(self._class or " ")]
        return _only(inside or below, text, dictionary) if below else ""

    def _pair(self, code: str, texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        """The 政府经济科目 of a row that names both codes; a pair that comes a second time is of the other kind of unit."""
        name = texts.get("government_economic_name", "")
        if not name:
            return {}
        dictionary = self._values.dictionaries[Classification.GOVERNMENT_ECONOMIC]
        same = [
            other
            for other, known in dictionary.names.items()
            if len(other) > CLASS_DIGITS and plain(known) == plain(name)
        ]
        other = _only(list(_matching(code, same)) or same, name, dictionary)
        self._pairs[(code, other)] += 1
        pair: dict[str, tuple[str, ...]] = {"government_economic_code": (other,)}
        return pair if self._pairs[(code, other)] == 1 else pair | {"unit_kind": (_OTHER_KIND[usual_unit_kind(other)],)}

    def _project(self, name: str) -> dict[str, tuple[str, ...]]:
        """A project by its name; the second of one name differs from the first by a mark that no cell holds."""
        if problem := name_problem(name):
            raise UnclearValueError(problem)
        self.projects[name] += 1
        known = name if self.projects[name] == 1 else f"{name}{SAME_NAME}{self.projects[name]}"
        if self._unit_above:
            self.project_units[known] = self._unit_above
        return {"project": (known,)}

    def _unit(self, label: str) -> str:
        try:
            return self._values.named_unit("unit", label).id
        except UnclearValueError:
            return ""

    def _economic(self) -> Dictionary:
        return self._values.dictionaries[Classification.DEPARTMENT_ECONOMIC]


def _matching(department: str, government: list[str]) -> Iterator[str]:
    """The 政府经济科目 that go with a 部门经济科目 of 资本性支出, 基本建设 or other: they have the same names."""
    classes = values_of(Classification.DEPARTMENT_ECONOMIC, "government").get(department[:CLASS_DIGITS], ())
    return (code for code in government if code.startswith(classes)) if classes else iter(())


def _only(codes: list[str], name: str, dictionary: Dictionary) -> str:
    if len(codes) != 1:
        message = f"有{'、'.join(codes)}几个" if codes else "没有"
        raise UnclearValueError(f"{dictionary.classification.label}里叫“{name}”的{message}，分不清是哪个")
    return codes[0]


def label_key(label: str) -> str:
    """What labels are compared by: their meaning where it is known, else the label without its numbering."""
    bare = _NUMBERING.sub("", plain(label))
    meaning = meaning_of_head(bare)
    return "".join(f"{name}={value}" for name, value in meaning.items()) if meaning else bare
