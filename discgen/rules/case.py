"""What a rule may look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from discgen.diagnostics import Diagnostic
from discgen.form.form import Form
from discgen.ledger.facts import FactBook
from discgen.ledger.ledger import Ledger
from discgen.model.disclosure import Disclosure


@dataclass(frozen=True, slots=True)
class Case:
    """One disclosure with its form, its ledger and its facts."""

    disclosure: Disclosure
    form: Form
    ledger: Ledger
    book: FactBook


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the codes of what it finds, why it is there, and the check itself."""

    codes: tuple[str, ...]
    reason: str
    check: Callable[[Case], Iterator[Diagnostic]]
