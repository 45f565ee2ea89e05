"""Changes are seen soon, and only those that matter."""

from __future__ import annotations

from pathlib import Path
from queue import Queue
from threading import Event, Thread

from discgen.form.form import load_form
from discgen.preview.watch import changes, forget_shipped, is_shipped
from discgen.resources import data_folder
from tests.conftest import Demo


def test_a_saved_file_is_told_and_an_editors_copy_is_not(workspace: Demo) -> None:
    told: Queue[set[Path]] = Queue()
    stop = Event()

    def follow() -> None:
        for paths in changes(workspace.workspace, stop):
            told.put(paths)

    thread = Thread(target=follow)
    thread.start()
    try:
        while told.empty():  # until the watcher has begun to watch
            workspace.write("2023/begin.yaml", "")
            stop.wait(0.05)
        workspace.write("2023/.budget.yaml.swp", "x")
        workspace.write("2023/notes.txt", "x")
        workspace.write("2023/narrative.yaml", "x")
        while "narrative.yaml" not in (seen := {path.name for path in told.get(timeout=20)}):
            assert seen <= {"begin.yaml"}
        assert seen <= {"begin.yaml", "narrative.yaml"}
    finally:
        stop.set()
        thread.join()


def test_forms_are_read_anew_once_forgotten() -> None:
    form = load_form("shanxi-budget-2023")
    assert load_form("shanxi-budget-2023") is form
    forget_shipped()
    assert load_form("shanxi-budget-2023") is not form


def test_files_of_the_program_are_told_from_those_of_departments(workspace: Demo) -> None:
    assert is_shipped(data_folder("templates") / "facts.yaml")
    assert not is_shipped(workspace.folder / "2023" / "budget.yaml")
