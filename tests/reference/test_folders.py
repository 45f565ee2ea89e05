"""What ships with the program is read once, and read anew once it is forgotten."""

from __future__ import annotations

import ast
from pathlib import Path

import discgen
from discgen.form.form import load_form
from discgen.reference.folders import data_folder, forget_shipped, is_shipped
from tests.conftest import Demo


def test_forms_are_read_anew_once_forgotten() -> None:
    form = load_form("shanxi-budget-2023")
    assert load_form("shanxi-budget-2023") is form
    forget_shipped()
    assert load_form("shanxi-budget-2023") is not form


def test_files_of_the_program_are_told_from_those_of_departments(workspace: Demo) -> None:
    assert is_shipped(data_folder("templates") / "facts.yaml")
    assert not is_shipped(workspace.folder / "2023" / "budget.yaml")


def test_no_cache_keeps_what_was_read_of_a_shipped_file_beyond_its_change() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in Path(discgen.__file__).parent.rglob("*.py")]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    readers = {
        function.name for function in functions if decorators(function) & {"cache_shipped", "keep_compiled", "partial"}
    } | {"shipped_rows"}
    assert {"data_folder", "load_shipped_form", "load_schema"} <= readers
    forgetful = [function for function in functions if decorators(function) & {"cache", "lru_cache"}]
    assert forgetful
    assert [function.name for function in forgetful if called_in(function) & readers] == []


def decorators(function: ast.FunctionDef) -> set[str]:
    """The names of its decorators."""
    return {ast.unparse(decorator).partition("(")[0] for decorator in function.decorator_list}


def called_in(function: ast.FunctionDef) -> set[str]:
    """The names of the functions that it calls itself."""
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {ast.unparse(call).rpartition(".")[2] for call in calls}
