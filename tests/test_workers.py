"""Processes that work for another: none outlives it, and none takes more with it than what it was at."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import count
from multiprocessing.context import ForkProcess, SpawnProcess
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

import pytest

from discgen.publish.queue import _died, publish_all
from discgen.workers import Helpers, NoProcessError, Shared, beside, in_workers, may_fork
from tests.conftest import Demo

R = TypeVar("R")
PROGRAM = """
import os, signal, sys, time
from pathlib import Path
from discgen.ending import ASKED_BY_TERMINAL
from discgen.files import replace_file
from discgen.workers import Helpers, Shared, in_workers

def begin():
    return act

def say(line):
    os.write(1, f"{line}\\n".encode())  # at once, so that no other process writes into the line

def act(thing):
    say(f"{thing} {os.getpid()}")
    if thing == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if thing.startswith("dies once") and not Path(thing).exists():
        Path(thing).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if thing == "is deaf":
        return ASKED_BY_TERMINAL <= signal.pthread_sigmask(signal.SIG_BLOCK, ())
    if thing == "waits":
        Path.replace = lambda *_: time.sleep(600)
        replace_file(Path("half written"), b"")
    return thing

def outcomes(how, items):
    died = lambda thing, code: f"{thing}: {code}"
    if how == "helped":
        with Helpers(begin, died) as helpers:
            helpers.start(2)
            shared = Shared(helpers)
            for item in items:
                shared.put(item)
            return shared.outcomes()
    return in_workers(begin, items, 2, died, forked=how == "forked")

if __name__ == "__main__":
    for outcome in outcomes(sys.argv[1], sys.argv[2:]):
        say(f"outcome {outcome}")
"""
PATIENCE = 60
"""Seconds after which what should have ended is taken to live on."""


@pytest.fixture(params=["forked", "fresh", "helped"])
def program(tmp_path: Path, request: pytest.FixtureRequest) -> list[str]:
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    return [sys.executable, str(tmp_path / "program.py"), request.param]


def comes(about: Callable[[], bool]) -> bool:
    """Whether something comes about before patience ends."""
    for _ in range(PATIENCE * 20):
        if about():
            return True
        time.sleep(0.05)
    return False


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def children(process: int) -> list[int]:
    """The processes below another, those below them included; what ends meanwhile has none."""
    below: list[int] = []
    with suppress(OSError):
        for path in Path("/proc").glob(f"{process}/task/*/children"):
            for child in map(int, path.read_text(encoding="ascii").split()):
                below += [child, *children(child)]
    return below


def test_one_that_dies_is_told_with_its_thing_and_the_others_are_done(program: list[str]) -> None:
    done = subprocess.run([*program, "a", "dies", "b", "c"], capture_output=True, text=True, check=True)
    outcomes = sorted(line for line in done.stdout.splitlines() if line.startswith("outcome"))
    assert outcomes == ["outcome a", "outcome b", "outcome c", "outcome dies: -9"]
    assert done.stderr == ""


def test_what_a_terminal_sends_to_all_is_not_for_workers(program: list[str]) -> None:
    done = subprocess.run([*program, "is deaf", "is deaf"], capture_output=True, text=True, check=True)
    assert [line for line in done.stdout.splitlines() if line.startswith("outcome")] == ["outcome True"] * 2


@pytest.mark.parametrize("program", ["helped"], indirect=True)
def test_what_a_helper_died_at_is_done_again(program: list[str], tmp_path: Path) -> None:
    items = ["dies once 1", "dies once 2", "a", "b"]  # no helper is left for the last two
    done = subprocess.run([*program, *items], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert [line for line in done.stdout.splitlines() if line.startswith("outcome")] == [
        f"outcome {item}" for item in items
    ]


def described() -> Callable[[int], str]:
    """What to do with a number: say who did it."""
    return lambda number: f"{number} by {os.getpid()}"


def never(number: int, code: int) -> str:
    pytest.fail(f"a process died at {number}: {code}")


def shared(
    helpers: Helpers[int, R], items: Iterable[int], own: Callable[[], Callable[[int], R]] | None = None
) -> list[R]:
    """The outcomes of items that helpers share, with this process too, if `own` makes what to apply here."""
    put = Shared(helpers)
    for item in items:
        put.put(item)
    return put.outcomes(own)


def test_helpers_and_this_process_share_what_there_is_to_do_and_outcomes_are_in_order() -> None:
    with Helpers(described, never) as helpers:
        helpers.start(1)
        outcomes = shared(helpers, range(1000), described)
        alone = shared(helpers, range(3))
    assert [int(outcome.split()[0]) for outcome in outcomes] == list(range(1000))
    assert len({outcome.split()[2] for outcome in outcomes}) == 2
    assert all(not outcome.endswith(f" {os.getpid()}") for outcome in alone)


def counted() -> Callable[[int], tuple[int, int]]:
    """What to do with a number: say how many there were before it."""
    before = count()
    return lambda number: (number, next(before))


def test_what_helpers_get_ready_by_has_no_outcome() -> None:
    with Helpers(counted, never) as helpers:
        helpers.start(1)
        helpers.get_ready(0)
        assert shared(helpers, [1, 2]) == [(1, 1), (2, 2)]
        assert shared(helpers, [3]) == [(3, 3)]


def test_what_helpers_get_ready_by_is_not_done_again_where_they_die_at_it(tmp_path: Path) -> None:
    program = PROGRAM.replace("helpers.start(2)", 'helpers.start(2); helpers.get_ready("dies")')
    (tmp_path / "program.py").write_text(program, encoding="utf-8")
    command = [sys.executable, "program.py", "helped", "a", "b"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert sum(line.startswith("dies ") for line in lines) == 2
    assert [line for line in lines if line.startswith("outcome")] == ["outcome a", "outcome b"]


def test_without_helpers_this_process_does_all() -> None:
    with Helpers(described, never) as helpers:
        assert shared(helpers, [1, 2], described) == [f"{number} by {os.getpid()}" for number in (1, 2)]


def test_helpers_begin_with_what_is_put_before_all_is_there() -> None:
    with Helpers(described, never) as helpers:
        helpers.start(1)
        begun = Shared(helpers)
        for number in range(3):
            begun.put(number)
        assert comes(lambda: not begun.waiting)
        begun.put(3)
        assert [outcome.split()[0] for outcome in begun.outcomes()] == ["0", "1", "2", "3"]


def test_the_heaviest_that_waits_is_taken_first() -> None:
    taken: list[int] = []
    with Helpers(described, never) as helpers:
        weighed = Shared(helpers)
        for number, weight in enumerate([1, 3, 2]):
            weighed.put(number, weight)
        weighed.outcomes(lambda: lambda number: taken.append(number) or "")  # type: ignore[func-returns-value]
    assert taken == [1, 2, 0]


def test_what_is_worked_out_beside_is_worked_out_by_a_copy() -> None:
    with beside(lambda: ("here", os.getpid())) as outcome:
        where, process = outcome()
    assert (where, process != os.getpid()) == ("here", may_fork())


def test_what_a_copy_cannot_work_out_is_worked_out_here() -> None:
    here = os.getpid()

    def work() -> str:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return "here"

    with beside(work) as outcome:
        assert outcome() == "here"


@pytest.fixture
def let_have(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the system give us no more than so many processes from now on."""

    def let_have(most: int) -> None:
        left = iter(range(most))

        def start(process: BaseProcess) -> None:
            if next(left, None) is None:
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
            BaseProcess.start(process)

        monkeypatch.setattr(ForkProcess, "start", start)
        monkeypatch.setattr(SpawnProcess, "start", start)

    return let_have


@pytest.mark.parametrize("most", [0, 1])
def test_helpers_are_as_many_as_the_system_gives(let_have: Callable[[int], None], most: int) -> None:
    let_have(most)
    with Helpers(described, never) as helpers:
        helpers.start(2)
        assert len(helpers) == most
        assert [outcome.split()[0] for outcome in shared(helpers, range(3), described)] == ["0", "1", "2"]


def test_where_no_copy_is_given_it_is_worked_out_here(let_have: Callable[[int], None]) -> None:
    let_have(0)
    with beside(os.getpid) as outcome:
        assert outcome() == os.getpid()


@pytest.mark.parametrize("forked", [False, True])
def test_workers_are_as_many_as_the_system_gives(let_have: Callable[[int], None], *, forked: bool) -> None:
    let_have(1)
    assert len({outcome.split()[2] for outcome in in_workers(described, range(3), 2, never, forked=forked)}) == 1
    with pytest.raises(NoProcessError, match="-j 1"):
        next(in_workers(described, range(3), 2, never, forked=forked))


def test_a_build_goes_on_without_the_processes_that_the_system_does_not_give(
    workspace: Demo, let_have: Callable[[int], None]
) -> None:
    let_have(0)
    [done] = publish_all(workspace.workspace, [workspace.target], jobs=2)
    assert (done.path is not None, done.findings) == (True, ())


def test_an_exception_beside_is_raised_where_the_outcome_is_wanted() -> None:
    with beside(lambda: 1 / 0) as outcome, pytest.raises(ZeroDivisionError):
        outcome()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_their_parent_however_it_ends(program: list[str], how: signal.Signals, tmp_path: Path) -> None:
    command = [*program, "waits", "waits"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as parent:
        assert parent.stdout
        workers = [int(parent.stdout.readline().split()[1]) for _ in range(2)]
        below = children(parent.pid)
        assert set(workers) <= set(below)
        parent.send_signal(how)
        parent.wait()
        assert comes(lambda: not any(map(is_alive, below)))
    if program[-1] != "helped":  # helpers are killed: they write nothing
        assert [path.name for path in tmp_path.iterdir()] == ["program.py"]


@pytest.mark.parametrize("to_all", [False, True], ids=["SIGTERM to the command", "Ctrl+C, which all of them hear"])
def test_a_build_that_is_stopped_says_so_and_leaves_nothing(workspace: Demo, *, to_all: bool) -> None:
    for year in ("2024", "2025"):
        shutil.copytree(workspace.folder / "2023", workspace.folder / year)
    command = [sys.executable, "-m", "discgen", "-C", str(workspace.workspace.root), "build", "--draft", "-j", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as parent:
        assert parent.stderr
        assert parent.stderr.readline() == "编制3份文件……\n"
        assert comes(lambda: len(children(parent.pid)) > 2)  # both workers, and what looks after them
        below = children(parent.pid)
        if to_all:
            os.killpg(parent.pid, signal.SIGINT)
        else:
            parent.terminate()
        _, said = parent.communicate()
    assert (parent.returncode, said) == (1, "停下了。\n")
    assert comes(lambda: not any(map(is_alive, below)))
    assert [path.name for path in workspace.workspace.root.rglob("*") if path.is_file() and "build" in path.parts] == []


def test_a_killed_process_is_a_finding_that_names_its_document(workspace: Demo) -> None:
    done = _died(workspace.target, -signal.SIGKILL)
    (found,) = done.findings
    assert (done.path, found.code, str(found.place)) == (None, "X002", "departments/demo/2023/budget.yaml:1:1")
    assert "系统结束了它" in found.message
    assert "-j 1 demo/2023" in found.hint
