"""职责 and 机构 of a new year's narrative, where the year's other kind of disclosure has them already."""

from __future__ import annotations

from collections.abc import Iterator

from discgen.authoring.edit import EditedFile, UneditableError, read_editable
from discgen.load.target import KINDS, Target
from discgen.load.workspace import Workspace

_KEY = "overview"


def with_overview(text: str, file: str, workspace: Workspace, target: Target) -> str:
    """The narrative with the overview of the same year's budget or accounts, to be confirmed; as it is where there is none."""
    for other in _others(workspace, target):
        edited = EditedFile(text, file)
        edited.put(_KEY, other.section(_KEY))
        if not edited.tree.unconfirmed:
            edited.mark((_KEY,))
        return edited.text
    return text


def _others(workspace: Workspace, target: Target) -> Iterator[EditedFile]:
    """The narratives of the year's other kinds that can be read and have an overview."""
    for name, kind in KINDS.items():
        path = workspace.folder(target) / kind.narrative
        if name == target.kind or not path.is_file():
            continue
        try:
            edited = EditedFile(*read_editable(workspace, path))
        except UneditableError:
            continue
        if _KEY in edited.keys:
            yield edited
