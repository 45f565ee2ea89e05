"""Which form a new year is likely to want: that of the department's province, else that of the other departments."""

from __future__ import annotations

from collections.abc import Sequence

from discgen.authoring.skeleton import forms_of
from discgen.form.files import fitting_form, form_title, line_of, lineages, of_departments
from discgen.load.editing import edited_file
from discgen.load.own_files import own_files
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.load.year import YearFiles
from discgen.rules.regions import province_of
from discgen.yamltext.nodes import UneditableError


def proposed_form(workspace: Workspace, target: Target, region: str) -> str:
    """The form of the target's kind that fits its region and year; empty where several would do."""
    own = own_files(workspace)
    forms = forms_of(target.kind, own)
    province = province_of(region)
    fitting = [name for name in forms if province and form_title(name, own).startswith(province)]
    likely = of_departments(lineages(fitting or _used(workspace, target.kind, forms) or forms, own))
    lines = {line_of(name) for name in likely}
    return fitting_form([name for name in forms if line_of(name) in lines], target.year) if len(lines) == 1 else ""


def region_of(workspace: Workspace, department: str) -> str:
    """The region that a department names; empty where its file cannot be read."""
    try:
        return str(edited_file(workspace, workspace.department_file(department)).value("region", "name") or "")
    except (UneditableError, OSError):
        return ""


def _used(workspace: Workspace, kind: str, forms: Sequence[str]) -> Sequence[str]:
    """Those of the forms that the workspace's departments use, samples apart."""
    used = []
    for target in workspace.targets() if workspace.departments.is_dir() else ():
        if target.kind == kind and not target.department.startswith("_"):
            try:
                used.append(str(edited_file(workspace, YearFiles(workspace, target).facts.path).value("form")))
            except (UneditableError, OSError):
                continue
    return [name for name in used if name in forms]
