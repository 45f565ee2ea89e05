"""Amounts in imported prose to expressions: one that is some fact, as the form shows it, follows that fact from then on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec.structs import replace

from discgen.form.form import Form
from discgen.importing.imported import CellText, ImportedFacts
from discgen.ledger.facts import FactBook
from discgen.model.line import total
from discgen.money import in_yuan
from discgen.rules.prose_figures import TypedAmount, read_as, shown_facts, typed_amounts

_ANNUAL = "annual"
"""What the text of a project calls the project's own money."""
_PREFIXES = {"prior": "上年的", "change": "比上年增减的"}


class Citing:
    """Replaces amounts by expressions, and tells those that are no fact."""

    def __init__(self, form: Form, book: FactBook) -> None:
        self._form, self._book = form, book
        self._facts = shown_facts(book)
        self.remarks: list[str] = []

    def facts(self, facts: ImportedFacts) -> ImportedFacts:
        """The facts with all amounts in their prose cited."""
        projects = tuple(
            replace(project, statement=self._all(project.statement, [(total(project.lines), _ANNUAL)]))
            for project in facts.projects
        )
        prose = facts.prose
        if prose:
            reasons = {key: self._cited(text, self._of(key)) for key, text in prose.reasons.items()}
            duties = tuple(self._cited(duty) for duty in prose.duties)
            introduction = self._cited(prose.introduction) if prose.introduction else None
            purposes, by_code = self._all(prose.purposes), self._all(prose.reasons_by_code)
            prose = replace(
                prose,
                reasons=reasons,
                duties=duties,
                introduction=introduction,
                purposes=purposes,
                reasons_by_code=by_code,
            )
        return replace(facts, projects=projects, prose=prose)

    def _all(self, texts: Mapping[str, CellText], own: Iterable[_Named] = ()) -> dict[str, CellText]:
        known = list(own)
        return {key: self._cited(text, known) for key, text in texts.items()}

    def _of(self, reason: str) -> list[_Named]:
        """The facts of the subject whose change a reason explains."""
        subject = {**self._form.large_changes, **self._form.reasons}.get(reason, "").partition(".")[0]
        return [(amount, name) for amount, name in self._facts if subject and subject in name.split(".")]

    def _cited(self, text: CellText, own: Iterable[_Named] = ()) -> CellText:
        """The text with expressions; of facts that are the same, its `own` go first."""
        names = read_as(self._form.numbers["text"], [*self._facts, *own])
        pieces: list[str] = []
        end = 0
        for amount in typed_amounts(text.text):
            name = names.get(amount.yuan.normalize())
            if name:
                pieces += [text.text[end : amount.start], f"{{{{ {name} | {amount.unit} }}}}"]
                end = amount.start + len(amount.text)
            elif not amount.is_of_others:
                self.remarks.append(self._unlike(text, amount))
        return replace(text, text="".join([*pieces, text.text[end:]]))

    def _unlike(self, text: CellText, amount: TypedAmount) -> str:
        nearest = min(self._facts, key=lambda known: abs(known[0] - amount.yuan), default=None)
        near = f"，最接近的是{self._called(nearest[1])}{in_yuan(nearest[0])}" if nearest else ""
        return f"{text.cell} 文字里的{amount.text}和哪个数都对不上{near}：照写了，核对"

    def _called(self, name: str) -> str:
        """A fact of this year, of last year, of the change, or of another stage, in Chinese."""
        known = self._book.catalogue.facts
        prefix, _, rest = name.partition(".")
        return known[name].title if name in known else f"{_PREFIXES.get(prefix, '')}{known[rest].title}"


_Named = tuple[Decimal, str]
"""An amount in 元 and the name of its fact."""
