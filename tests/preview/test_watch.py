"""Changes are seen soon, and only those that matter."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread

import pytest

from discgen.preview.watch import changes
from tests.conftest import Demo


@pytest.fixture
def told(workspace: Demo) -> Iterator[Queue[set[Path]]]:
    """What is told of the workspace's files, from when the watcher has begun to watch."""
    found: Queue[set[Path]] = Queue()
    stop = Event()

    def follow() -> None:
        for paths in changes(workspace.workspace, stop):
            found.put(paths)

    thread = Thread(target=follow)
    thread.start()
    try:
        while found.empty():
            workspace.write("2023/begin.yaml", "")
            stop.wait(0.05)
        yield found
    finally:
        stop.set()
        thread.join()


def seen(told: Queue[set[Path]], name: str) -> set[str]:
    """The names of all files that are told of until one of this name is."""
    names: set[str] = set()
    while name not in names:
        names |= {path.name for path in told.get(timeout=20)}
    return names


def test_a_saved_file_is_told_and_an_editors_copy_is_not(workspace: Demo, told: Queue[set[Path]]) -> None:
    workspace.write("2023/.budget.yaml.swp", "x")
    workspace.write("2023/notes.txt", "x")
    workspace.write("2023/narrative.yaml", "x")
    assert seen(told, "narrative.yaml") <= {"begin.yaml", "narrative.yaml"}


def test_departments_that_went_and_came_back_are_followed(
    workspace: Demo, told: Queue[set[Path]], tmp_path: Path
) -> None:
    departments = workspace.workspace.departments
    shutil.move(departments, tmp_path / "away")
    seen(told, "departments")
    shutil.move(tmp_path / "away", departments)
    names: set[str] = set()
    for _ in range(200):  # until the new folder is watched
        workspace.write("2023/narrative.yaml", "x")
        with suppress(Empty):
            names |= {path.name for path in told.get(timeout=0.1)}
        if "narrative.yaml" in names:
            return
    pytest.fail(f"nothing of narrative.yaml, only of {names}")
