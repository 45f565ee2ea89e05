"""A document ready to be rendered, and what became of its target: what every format and every comparison starts from."""

from __future__ import annotations

from dataclasses import dataclass

from discgen.diagnostics import Diagnostic
from discgen.form.form import Form
from discgen.load.target import Target
from discgen.model.disclosure import Disclosure
from discgen.model.waiver import Waived
from discgen.narrative.write import Text
from discgen.tables.table import Table


@dataclass(frozen=True, slots=True)
class Document:
    """A disclosure ready to be rendered: its facts, its tables, its text."""

    disclosure: Disclosure
    form: Form
    tables: tuple[Table, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a target: its document, unless errors forbid to speak of one, all findings, and what is waived."""

    target: Target
    document: Document | None
    findings: tuple[Diagnostic, ...]
    waived: tuple[Waived, ...] = ()
