"""The documents of the repository's own departments, each composed once."""

from __future__ import annotations

from functools import cache

import yaml

from discgen.document import Document
from discgen.load.target import KINDS, Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from tests.readback import ROOT

TARGETS = [target for target in Workspace(ROOT).targets() if not target.unit]


def one_of_each_form() -> list[Target]:
    """The first department of each form, and the first unit, for what depends on the form alone.

    Those made up, which have all kinds of money, come first.
    """
    by_form = {(_form(target), bool(target.unit)): target for target in reversed(TARGETS)}
    return sorted(by_form.values())


def _form(target: Target) -> str:
    facts = Workspace(ROOT).folder(target) / KINDS[target.kind].facts
    return str(yaml.safe_load(facts.read_text(encoding="utf-8"))["form"])


@cache
def document_of(target: Target) -> Document:
    document = compose(Workspace(ROOT), target).document
    assert document is not None
    return document
