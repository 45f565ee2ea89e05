from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

import discgen
from discgen.load.target import DEPARTMENT_FILE, YEAR_FILES

PACKAGE = Path(discgen.__file__).parent


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its dotted name."""
    names = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        steps = path.relative_to(PACKAGE.parent).with_suffix("").parts
        names[".".join(steps).removesuffix(".__init__")] = ast.parse(path.read_text(encoding="utf-8"))
    return names


def imported(tree: ast.Module) -> set[str]:
    """Names of all modules imported anywhere in a module."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module is not None
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@cache
def imports() -> dict[str, set[str]]:
    """What each module imports."""
    return {name: imported(tree) for name, tree in modules().items()}


def is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def importers(package: str) -> set[str]:
    """Modules that import `package` or anything in it."""
    return {name for name, others in imports().items() if any(is_in(other, package) for other in others)}


def test_all_modules_are_seen() -> None:
    assert {"discgen.cli", "discgen.render.layout.unit", "discgen.rules.registry"} <= modules().keys()


ROOMS = (
    "ending",
    "garbage",
    "logs",
    "character_classes",
    "characters",
    "diagnostics",
    "money",
    "phrases",
    "errors",
    "files",
    "office_file",
    "workers",
    "cache",
    "yamltext",
    "reference",
    "identity",
    "compiled",
    "sandbox",
    "validate",
    "load",
    "kept",
    "model",
    "ledger",
    "form",
    "rules",
    "tables",
    "narrative",
    "document",
    "view",
    "gather",
    "pipeline",
    "render",
    "word",
    "fmt",
    "explain",
    "export",
    "publish",
    "check",
    "authoring",
    "importing",
    "filling",
    "compare",
    "preview",
    "cli",
    "__main__",
)
"""All packages and modules below `discgen`, in an order in which each imports only those before it."""


def test_every_package_has_its_place_in_the_order() -> None:
    assert {name.split(".")[1] for name in modules() if "." in name} == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_those_before_it(room: str) -> None:
    inside = {name for name in modules() if is_in(name, f"discgen.{room}")}
    later = ROOMS[ROOMS.index(room) + 1 :]
    assert [name for name in later if not inside.isdisjoint(importers(f"discgen.{name}"))] == []


APART = {
    "tables": {"rules"},
    "narrative": {"rules"},
    "view": {"rules"},
    "render": {"load", "ledger", "rules", "tables", "narrative", "pipeline"},
    "export": {"render"},
    "fmt": {"model", "ledger", "form", "rules", "tables", "narrative", "pipeline", "view", "render", "word"},
    "authoring": {"tables", "narrative", "pipeline", "view", "render", "publish", "export"},
    "importing": {"tables", "narrative", "view", "render", "publish"},
    "compare": {"publish", "export", "authoring"},
    "preview": {"publish", "export", "authoring"},
}
"""What a room does without, though it comes before."""


@pytest.mark.parametrize("room", APART)
def test_a_room_keeps_apart_from_what_it_has_no_part_in(room: str) -> None:
    inside = {name for name in modules() if is_in(name, f"discgen.{room}")}
    assert APART[room] <= set(ROOMS[: ROOMS.index(room)])
    assert [name for name in sorted(APART[room]) if not inside.isdisjoint(importers(f"discgen.{name}"))] == []


IMPORTING = {
    "sheets": {"ledger", "tables", "writing", "prose"},
    "ledger": {"tables", "writing", "prose"},
    "tables": {"ledger", "writing", "prose"},
    "prose": {"ledger", "writing"},
    "writing": {"ledger", "tables", "prose"},
}
"""The rooms of `importing`, and which of the others each does without."""


@pytest.mark.parametrize("room", IMPORTING)
def test_rooms_of_importing_are_put_together_at_its_top_only(room: str) -> None:
    inside = {name for name in modules() if is_in(name, f"discgen.importing.{room}")}
    others = IMPORTING[room] | {"understand", "run", "report"}
    assert inside
    assert [name for name in sorted(others) if not inside.isdisjoint(importers(f"discgen.importing.{name}"))] == []


def test_the_model_reads_nothing() -> None:
    of_load = {name for name in modules() if is_in(name, "discgen.load") and name != "discgen.load"}
    readers = {*(of_load - {"discgen.load.target"}), "discgen.yamltext.read", "discgen.validate", "discgen.files"}
    imported_by_model = {name for reader in readers for name in importers(reader) if is_in(name, "discgen.model")}
    assert imported_by_model == set()


def test_only_the_command_imports_click() -> None:
    assert all(is_in(name, "discgen.cli") for name in importers("click"))


def test_only_the_command_is_imported_to_run_it() -> None:
    assert {name for name in importers("discgen.cli") if not is_in(name, "discgen.cli")} == {"discgen.__main__"}


@pytest.mark.parametrize("library", ["weasyprint", "pydyf"])
def test_only_the_pdf_renderer_imports_its_libraries(library: str) -> None:
    assert importers(library)
    assert all(is_in(name, "discgen.render.layout") for name in importers(library))


def test_what_is_laid_out_is_joined_without_what_laid_it_out() -> None:
    assert [name for name in importers("discgen.render.layout") if is_in(name, "discgen.render.pdf")] == []


@pytest.mark.parametrize(("library", "module"), [("multiprocessing", "workers"), ("subprocess", "compare.revision")])
def test_processes_are_started_in_one_place(library: str, module: str) -> None:
    """Where it is known what to end when the program is stopped; git ends with whoever it writes to."""
    assert importers(library) == {f"discgen.{module}"}


def test_only_the_preview_watches_files() -> None:
    assert importers("watchfiles") == {"discgen.preview.watch"}


def test_only_the_preview_serves() -> None:
    assert importers("http.server") == {"discgen.preview.server"}


def test_only_what_hands_out_to_a_cluster_imports_dask() -> None:
    assert importers("distributed") == {"discgen.publish.cluster"}


def test_only_what_writes_workbooks_imports_openpyxl() -> None:
    writers = {"discgen.export.as_xlsx", "discgen.export.sheet", "discgen.export.rows_book"}
    assert importers("openpyxl") == writers | {
        f"discgen.filling.{name}" for name in ("grid", "tables", "texts", "workbook")
    }


def test_only_what_writes_word_files_imports_docx() -> None:
    assert importers("docx")
    assert all(is_in(name, "discgen.export.word") for name in importers("docx"))


def test_only_the_composer_and_what_tells_of_its_errors_import_yaml() -> None:
    assert importers("yaml") == {f"discgen.yamltext.{name}" for name in ("compose", "nodes", "read", "syntax")}


def test_one_module_says_how_the_files_of_a_year_are_called() -> None:
    names = {DEPARTMENT_FILE, *YEAR_FILES}
    naming = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in names
    }
    assert naming == {"discgen.load.target"}


CHANGES_FILES = {
    *("write_text", "write_bytes", "unlink", "rename", "remove", "truncate", "hardlink_to", "symlink_to"),
    *("copy", "copy2", "copyfile", "copytree", "move", "rmtree"),
}
"""What changes files, by the names that `pathlib`, `os` and `shutil` have for it."""
_OF_LIBRARIES = {"os", "shutil"}


def changed_files(tree: ast.Module) -> list[str]:
    """The calls of a module that write, rename or remove files."""
    return [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Call) and _changes_a_file(node)]


def _changes_a_file(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id == "open" and _is_for_writing(call.args[1:], call)
    if not isinstance(call.func, ast.Attribute):
        return False
    name, owner = call.func.attr, call.func.value
    is_of_library = isinstance(owner, ast.Name) and owner.id in _OF_LIBRARIES
    if name in {"copy", "remove", "move"}:
        return is_of_library  # lists and dictionaries have methods of these names
    if name == "replace":  # that of a path has one argument, that of a text two
        return is_of_library or (len(call.args) == 1 and not call.keywords)
    if name == "open":
        return _is_for_writing(call.args[1:] if is_of_library else call.args, call)
    return name in CHANGES_FILES


def _is_for_writing(arguments: list[ast.expr], call: ast.Call) -> bool:
    if call.args and ast.unparse(call.args[0]) == "os.devnull":
        return False
    modes = [*arguments, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    texts = [mode.value for mode in modes if isinstance(mode, ast.Constant) and isinstance(mode.value, str)]
    return any(set(text) & set("wxa+") and set(text) <= set("rwxabt+") for text in texts) or any(
        "O_CREAT" in ast.unparse(mode) for mode in modes
    )


@pytest.mark.parametrize(
    "line",
    [
        'path.write_text("")',
        'open(path, "w")',
        'path.open(mode="xb")',
        "os.open(path, os.O_CREAT)",
        "path.replace(other)",
        "os.remove(path)",
        "shutil.rmtree(path)",
    ],
)
def test_a_change_of_files_is_known_by_its_call(line: str) -> None:
    assert changed_files(ast.parse(line)) == [line.replace('"', "'")]


@pytest.mark.parametrize("line", ['text.replace("a", "b")', 'open(path, "rb")', "names.remove(name)", "path.open()"])
def test_what_only_looks_like_a_change_of_files_is_none(line: str) -> None:
    assert changed_files(ast.parse(line)) == []


def test_files_are_changed_in_one_module() -> None:
    assert {name for name, tree in modules().items() if changed_files(tree)} == {"discgen.files"}


def test_who_replaces_files_asks_where_they_may_be() -> None:
    replacing = {"replace_file", "replace_files", "rewrite_file", "remove_file"}
    writers = {name for name, others in imports().items() if others & {f"discgen.files.{verb}" for verb in replacing}}
    beside_the_code = {"discgen.compiled"}  # nobody names a file for it
    assert writers > beside_the_code
    assert sorted(writers - importers("discgen.load.destinations") - beside_the_code) == []
