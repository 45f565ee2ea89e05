"""The list of the departments that are to publish: `expected.yaml` of the workspace, beside `departments/`, if it has one."""

from __future__ import annotations

from msgspec import Struct

from discgen.diagnostics import Diagnostic
from discgen.files import is_there
from discgen.load.workspace import Workspace

EXPECTED_FILE = "expected.yaml"


class Expected(Struct, frozen=True):
    """A department of the list, which has no folder perhaps: its name, and its code where the list gives one."""

    name: str
    code: str = ""

    def is_called(self, name: str, code: str) -> bool:
        """Whether a department of this name and code is meant: by the codes where both are known, else by the name."""
        return self.code == code if self.code and code else self.name == name


def read_expected(workspace: Workspace) -> tuple[list[Expected], list[Diagnostic]]:
    """The departments in the order of the list, and what is wrong in it; none where there is no list, or it is not in order."""
    path = workspace.root / EXPECTED_FILE
    if not is_there(path):
        return [], []
    from discgen.validate.schema import validate  # it takes time to load, and most workspaces have no list

    tree, findings = workspace.read(path)
    if tree is not None:
        findings = [*findings, *validate(tree, "expected")]
    if tree is None or findings or not isinstance(tree.root, dict):
        return [], findings
    rows = tree.root["departments"]
    assert isinstance(rows, list)
    listed = (Expected(str(row["name"]), str(row.get("code", ""))) for row in rows if isinstance(row, dict))
    return list(dict.fromkeys(listed)), []
