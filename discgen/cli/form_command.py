"""`discgen form`: forms of a workspace's own are begun, and any form is tried."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from discgen.check import FORMATS, report
from discgen.check.checked import Checked
from discgen.check.listing import lines_of
from discgen.cli.options import (
    FormName,
    echo_findings,
    exit_code,
    folder_option,
    refuse_without_layout,
    workspace_option,
)
from discgen.cli.screen import say, say_report
from discgen.cli.shell_completion import own_forms, suggest_forms
from discgen.diagnostics import has_errors
from discgen.files import replace_file
from discgen.load.destinations import product
from discgen.load.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from discgen.load.own_files import OwnFiles

_form_argument = click.argument("name", metavar="表式", type=FormName(), shell_complete=suggest_forms)


@click.group()
def form() -> None:
    """本地自己的表式：新建、复制上级的文件来改、试编。写在工作区的forms/里，排在程序带的前面。"""


@form.command("new")
@click.argument("name", metavar="名称")
@click.option(
    "--from",
    "parent",
    required=True,
    type=FormName(),
    shell_complete=suggest_forms,
    help="上级表式：没有写的都照它。程序带的、forms/里的都可以。",
)
@click.option("--title", default="", help="表式的中文名称；不写就是上级的名称加上这个名称。")
@workspace_option
def new(name: str, parent: str, title: str, workspace: Workspace) -> None:
    """新建一个表式：写出forms/<名称>/form.yaml，上级写的都列在里面，要改哪一项就改哪一项。"""
    from discgen.authoring.new_form import new_form

    path = new_form(workspace, name, parent, title)
    say(f"写了{path.relative_to(workspace.root).as_posix()}")
    say(f"改好以后运行discgen form check {name}；部门在budget.yaml（accounts.yaml）里写form: {name}就用它")


@form.command("copy")
@click.argument("name", metavar="表式", shell_complete=suggest_forms)
@click.argument("files", metavar="[文件]...", nargs=-1)
@workspace_option
def copy(name: str, files: tuple[str, ...], workspace: Workspace) -> None:
    """把上级表式的文件复制到这个表式里来改；不写文件，就列出有哪些。"""
    from discgen.authoring.new_form import copy_files, inherited_files

    if files:
        for path in copy_files(workspace, name, files):
            say(f"写了{path.relative_to(workspace.root.resolve()).as_posix()}")
        return
    for file, title in inherited_files(workspace, name):
        say(f"{file}  {title}".rstrip())


@form.command("check")
@_form_argument
@click.option(
    "--format", "format_name", type=click.Choice(FORMATS), default="text", help="结果的写法，与discgen check相同。"
)
@click.option("--no-pdf", is_flag=True, help="只检查，不编样本。")
@folder_option
def check(name: str, start: str, format_name: str, *, no_pdf: bool) -> None:
    """试一个表式：用编出来的部门把每张表、每句话填一遍，再编一份样本build/forms/<名称>.pdf。

    问题指到表式自己的文件、行、列。样本里的部门和金额都是编出来的，只用来看版面。
    """
    from discgen.check.form_trial import try_form

    own = own_forms(click.get_current_context())
    workspace = find_workspace(Path(start))
    tried = try_form(name, own)
    checked = Checked((), lines_of(workspace), (tried,))
    if format_name == "text":
        say(f"试编了{tried.title}")
        if tried.difference_from_parent:
            say(tried.difference_from_parent)
        echo_findings(checked.findings, checked.line_at)
    else:
        say_report(format_name, report(checked, format_name))
    failed = has_errors(checked.findings)
    if workspace and not no_pdf and not failed:
        _write_sample(workspace, name, own)
    sys.exit(exit_code(checked.findings, failed=failed))


def _write_sample(workspace: Workspace, name: str, own: OwnFiles) -> None:
    """Write the PDF of a made-up department, and say where it is."""
    from discgen.check.form_sample import sample

    refuse_without_layout()
    path = product(workspace, workspace.root / "build" / "forms" / f"{name}.pdf", lambda _: True)
    replace_file(path, sample(name, own))
    say(f"样本 → {os.path.relpath(path, workspace.root.resolve())}", err=True)
