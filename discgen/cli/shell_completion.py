"""What the shell offers where a department, a year, a code or a form is to be written.

Every command has this module: what reads forms and rules is imported where these are offered.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from discgen.load.own_files import NOTHING, OwnFiles, own_files
from discgen.load.target import Target
from discgen.load.workspace import find_workspace


def folder_named(ctx: click.Context) -> str:
    """The folder after `-C`, which may stand before or after the command; else the current one."""
    named = ctx.params.get("start") or ctx.find_root().params.get("start")
    return str(named or ".")


def suggest_targets(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - Click's signature
    """Departments and their years; a name that begins none of them is that of a file."""
    names = sorted({name for target in _targets(ctx) for name in _names_of_target(target)})
    return _beginning(incomplete, names) or [CompletionItem(incomplete, type="file")]


def suggest_departments(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - Click's signature
    """Departments."""
    return _beginning(incomplete, sorted({target.department for target in _targets(ctx)}))


def suggest_forms(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - Click's signature
    """Forms, by name, with what people call them."""
    from discgen.form.files import form_names, form_title

    own = own_forms(ctx)
    return [CompletionItem(name, help=form_title(name, own)) for name in form_names(own) if name.startswith(incomplete)]


def own_forms(ctx: click.Context) -> OwnFiles:
    """The forms of the workspace that the command is about; nothing where there is none."""
    try:
        workspace = find_workspace(Path(folder_named(ctx)))
    except OSError:
        return NOTHING
    return own_files(workspace) if workspace else NOTHING


def suggest_explainable(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - Click's signature
    """Codes with their titles, in capitals or not, and years."""
    from discgen.rules.catalogue import load_rules

    codes = [
        CompletionItem(code, help=page.title)
        for code, page in load_rules().items()
        if code.startswith(incomplete.upper())
    ]
    years = sorted({name for target in _targets(ctx) for name in _names_of_target(target) if "/" in name})
    return codes + _beginning(incomplete, years)


def _beginning(incomplete: str, names: Iterable[str]) -> list[CompletionItem]:
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def _targets(ctx: click.Context) -> list[Target]:
    if "workspace" in ctx.params:  # none where there is none at the folder that was named
        workspace = ctx.params["workspace"]
        return workspace.targets() if workspace else []
    try:
        workspace = find_workspace(Path(folder_named(ctx)))
    except OSError:
        return []
    return workspace.targets() if workspace else []


def _names_of_target(target: Target) -> tuple[str, str, str]:
    return (target.department, f"{target.department}/{target.year}", str(target))
