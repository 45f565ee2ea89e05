"""Work on many items in several processes; a process that dies loses only the item it was at.

Workers end when they are asked to, when nothing is left, and when the process that started them ends,
however it does. A Ctrl+C, which a terminal sends to all of them, is for that process alone.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import Pipe, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess, SpawnProcess
from multiprocessing.process import BaseProcess
from threading import Thread, active_count
from typing import Any, Generic, NoReturn, TypeVar

T = TypeVar("T")
R = TypeVar("R")
_STOPPED = 128 + signal.SIGTERM


@dataclass(slots=True)
class _Worker(Generic[T]):
    process: BaseProcess
    connection: Connection
    item: T


def in_workers(
    begin: Callable[[], Callable[[T], R]],
    items: Sequence[T],
    jobs: int,
    died: Callable[[T, int], R],
    *,
    forked: bool = False,
) -> Generator[R, None, None]:
    """The outcome of each item as it is ready, from up to `jobs` processes; in each, `begin` makes the function to apply.

    Where a process dies, the outcome is what `died` makes of its item and of the exit code (a signal below zero);
    another process takes its place. Processes are started fresh, or `forked` with all that is loaded and read here,
    which takes a hundredth of the time and must not be asked for where libraries of layout are loaded.
    """
    waiting = deque(items)
    workers: dict[Connection, _Worker[T]] = {}
    try:
        while waiting or workers:
            while waiting and len(workers) < jobs:
                worker = _started(begin, waiting.popleft(), list(workers) if forked and _may_fork() else None)
                workers[worker.connection] = worker
            for ready in wait(list(workers)):
                worker = workers[ready]  # type: ignore[index]
                outcome, is_alive = _outcome(worker, died)
                if is_alive and waiting:
                    worker.item = waiting.popleft()
                    worker.connection.send(worker.item)
                else:
                    _end(workers.pop(worker.connection))
                yield outcome
    finally:
        for worker in workers.values():
            worker.process.terminate()
        for worker in workers.values():
            _end(worker)


def _may_fork() -> bool:
    """Whether a copy of this process would be whole: threads are not copied, and systems other than Linux have some."""
    return sys.platform == "linux" and active_count() == 1


def _started(begin: Callable[[], Callable[[T], R]], item: T, inherited: Sequence[Connection] | None) -> _Worker[T]:
    """A process at work on an item: a copy of this one, which has inherited the connections to others, or a fresh one."""
    ours, theirs = Pipe()
    process: BaseProcess
    with _deaf_to_interrupts():
        if inherited is None:
            resource_tracker.ensure_running()  # else it is started with the process, and lets interrupts through
            process = SpawnProcess(target=_work, args=(theirs, begin), daemon=True)
        else:
            process = ForkProcess(target=_work, args=(theirs, begin, (ours, *inherited)), daemon=True)
        process.start()
    theirs.close()
    ours.send(item)
    return _Worker(process, ours, item)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """What is started in the block never hears of a Ctrl+C; we do, once the block is left."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _outcome(worker: _Worker[T], died: Callable[[T, int], R]) -> tuple[R, bool]:
    try:
        return worker.connection.recv(), True
    except (EOFError, OSError):
        worker.process.join()
        return died(worker.item, worker.process.exitcode or 0), False


def how_it_ended(code: int) -> str:
    """The exit code of a process that died, in Chinese."""
    return "系统结束了它" if code == -signal.SIGKILL else f"信号{-code}" if code < 0 else f"退出码{code}"


def _end(worker: _Worker[Any]) -> None:
    worker.connection.close()
    worker.process.join()


def _work(connection: Connection, begin: Callable[[], Callable[[T], R]], inherited: Sequence[Connection] = ()) -> None:
    for other in inherited:
        other.close()  # else who is at its other end would never see it closed
    signal.signal(signal.SIGTERM, _stop)
    Thread(target=_end_with_parent, daemon=True).start()
    act = begin()
    while True:
        try:
            item = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(act(item))


def _stop(*_: object) -> NoReturn:
    """End by way of all `finally`, so that no half-written file is left."""
    sys.exit(_STOPPED)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(_STOPPED)
