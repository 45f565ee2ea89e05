"""The documents of the repository's own departments, each composed once."""

from __future__ import annotations

from functools import cache

from discgen.document import Document
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from tests.readback import ROOT

TARGETS = [target for target in Workspace(ROOT).targets() if not target.unit]


@cache
def document_of(target: Target) -> Document:
    document = compose(Workspace(ROOT), target).document
    assert document is not None
    return document
