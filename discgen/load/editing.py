"""The files of the workspace that are to be edited."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from discgen.diagnostics import Diagnostic
from discgen.load.workspace import Workspace
from discgen.yamltext.edit import EditedFile, refuse_errors
from discgen.yamltext.text import decode


def edited_file(workspace: Workspace, path: Path) -> EditedFile:
    """One YAML file of the workspace, to be edited, with LF at the ends of its lines.

    Raises UneditableError for one in which `Workspace.read` finds errors.
    """
    data, name = workspace.data(path), workspace.name_of(path)
    text, findings = ("", [data]) if isinstance(data, Diagnostic) else decode(data, name)
    refuse_errors(findings)
    return EditedFile(StringIO(text, newline=None).read(), name)
