"""Work in several processes; one that dies loses only what it was at.

    in_workers       many items, each of them done by whichever process is free
    beside           one thing, worked out by a copy of this process while this one goes on
    Helpers, Shared  processes that load what they need while items are still being made, and share these with this one

Workers end when they are asked to, when nothing is left, and when the process that started them ends,
however it does. What a terminal sends to all of them, such as a Ctrl+C, is for that process alone.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from heapq import heappop, heappush
from multiprocessing import Pipe, active_children, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess, SpawnProcess
from multiprocessing.process import BaseProcess
from threading import Condition, Thread, active_count
from time import sleep
from typing import Any, Generic, Self, TypeVar

from discgen.ending import ASKED_BY_TERMINAL, Held, stop_worker_on_signals, undone_when_stopped
from discgen.errors import Refusal

T = TypeVar("T")
R = TypeVar("R")
_STOPPED = 128 + signal.SIGTERM
"""Exit code of a worker that was asked to end."""
_PATIENCE = 5.0
"""Seconds in which a worker that was asked to has ended, unless it is stuck in a library."""


class NoProcessError(Refusal):
    """The system lets us have no more processes."""

    def __init__(self) -> None:
        super().__init__("系统不让再开进程；关掉别的程序，或用-j 1")


class _Worker(Generic[T]):
    """A process that was started, and how it is talked to."""

    item: T
    """What it is at, or was at last."""

    def __init__(self, process: BaseProcess, connection: Connection) -> None:
        self.process = process
        self.connection = connection
        self.unwanted = 0
        """Outcomes that it has yet to send and nobody waits for."""

    def give(self, item: T) -> None:
        """Let it work on an item. That it has died is seen when it is asked for the outcome."""
        self.item = item
        with suppress(OSError):
            self.connection.send(item)


def may_fork() -> bool:
    """Whether a copy of this process would be whole: threads are not copied, and systems other than Linux have some."""
    return sys.platform == "linux" and active_count() == 1


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
    another process takes its place. Processes are started fresh, or `forked` where `may_fork`: with all that is loaded
    and read here, which takes a hundredth of the time. Libraries of layout are not safe to fork with.

    Raises NoProcessError where there is not a single one.
    """
    waiting = deque(items)
    workers: dict[Connection, _Worker[T]] = {}
    try:
        while waiting or workers:
            while waiting and len(workers) < jobs:
                try:
                    worker = _started(begin, list(workers), forked=forked)
                except NoProcessError:
                    if not workers:
                        raise
                    break
                worker.give(waiting.popleft())
                workers[worker.connection] = worker
            for ready in wait(list(workers)):
                worker = workers[ready]  # type: ignore[index]
                outcome, is_alive = _outcome(worker, died)
                if is_alive and waiting:
                    worker.give(waiting.popleft())
                else:
                    _end(workers.pop(worker.connection))
                yield outcome
    finally:
        for worker in workers.values():
            worker.process.terminate()
        for worker in workers.values():
            _end(worker)


@contextmanager
def beside(work: Callable[[], R]) -> Iterator[Callable[[], R]]:
    """Let a copy of this process work something out while this one goes on; what is yielded gives the outcome, once.

    It is worked out here when it is asked for where there can be no copy, where that dies, or where it ends in an
    exception: then the exception is raised here.
    """
    worker: _Worker[None] | None = None
    if may_fork():
        with suppress(NoProcessError):
            worker = _started(lambda: lambda _: _attempted(work), forked=True)
    if worker is None:
        yield work
        return
    worker.give(None)

    def outcome() -> R:
        try:
            worked_out = worker.connection.recv()
        except (EOFError, OSError):
            worked_out = ()
        return worked_out[0] if worked_out else work()

    try:
        yield outcome
    finally:
        worker.process.kill()
        _end(worker)


def _attempted(work: Callable[[], R]) -> tuple[R] | tuple[()]:
    try:
        return (work(),)
    except Exception:  # noqa: BLE001 - whoever wants the outcome runs into it too
        return ()


class Helpers(Generic[T, R]):
    """Processes that are started before there is anything to do, and then share it with this one (`Shared`).

    In each, `begin` makes the function to apply. Where one dies, what it was at is done again in a fresh process; where
    that dies too, the outcome is what `died` makes of the item and of the exit code. The processes are killed at the end
    of the block, whatever they have loaded: what they do must leave nothing behind.
    """

    def __init__(self, begin: Callable[[], Callable[[T], R]], died: Callable[[T, int], R]) -> None:
        self.begin = begin
        self.died = died
        self.workers: list[_Worker[T]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            _end(worker)

    def __len__(self) -> int:
        return len(self.workers)

    def start(self, count: int, *, forked: bool = False) -> None:
        """Start so many more, as far as the system lets us, none where that is below zero; fresh, or `forked` where `may_fork`."""
        with suppress(NoProcessError):
            for _ in range(count):
                others = [worker.connection for worker in self.workers]
                self.workers.append(_started(self.begin, others, forked=forked))

    def get_ready(self, item: T) -> None:
        """Let each work on an item whose outcome nobody wants, so that what it is given next takes no longer than usual."""
        for worker in self.workers:
            worker.give(item)
            worker.unwanted += 1


class Shared(Generic[T, R]):
    """Items that helpers work on from the moment that they are put: whoever is free takes the heaviest."""

    def __init__(self, helpers: Helpers[T, R]) -> None:
        self._helpers = helpers
        self._items: list[T] = []
        self._outcomes: dict[int, R] = {}
        self.waiting: list[tuple[int, int]] = []
        """What nobody has taken, as a heap: the weight of each below zero, and its number."""
        self._is_complete = False
        self._changed = Condition()
        self._feeders: dict[int, Thread] = {}

    def put(self, item: T, weight: int = 0) -> None:
        """One more item."""
        with self._changed:
            heappush(self.waiting, (-weight, len(self._items)))
            self._items.append(item)
            self._changed.notify()
        self._call()

    def _call(self) -> None:
        """Let all helpers work that there are by now."""
        for worker in self._helpers.workers:
            if id(worker) not in self._feeders:
                feeder = Thread(target=self._feed, args=(worker,), daemon=True)
                with suppress(RuntimeError):  # the system lets us have no more; others do the work
                    feeder.start()
                    self._feeders[id(worker)] = feeder

    def outcomes(self, own: Callable[[], Callable[[T], R]] | None = None) -> list[R]:
        """The outcome of each item, once all are put. This process works too, if `own` makes what to apply here."""
        with self._changed:
            self._is_complete = True
            self._changed.notify_all()
        self._call()
        helpers = self._helpers
        with _answering_soon():
            if own and self.waiting:
                act = own()
                for number, item in self._taken():
                    self._outcomes[number] = act(item)
            for feeder in self._feeders.values():
                feeder.join()
        helpers.workers = [worker for worker in helpers.workers if not worker.connection.closed]
        left = [number for number in range(len(self._items)) if number not in self._outcomes]
        again = in_workers(helpers.begin, [self._items[number] for number in left], 1, helpers.died)
        self._outcomes.update(zip(left, again, strict=True))
        return [self._outcomes[number] for number in range(len(self._items))]

    def _taken(self) -> Iterator[tuple[int, T]]:
        """Items with their numbers until all are taken, here or elsewhere; waits for one as long as more may come."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self.waiting or self._is_complete)
                if not self.waiting:
                    return
                _, number = heappop(self.waiting)
            yield number, self._items[number]

    def _feed(self, worker: _Worker[T]) -> None:
        """Let a process work as long as it lives; what it dies at has no outcome."""
        try:
            while worker.unwanted:
                worker.connection.recv()
                worker.unwanted -= 1
            for number, item in self._taken():
                worker.give(item)
                self._outcomes[number] = worker.connection.recv()
        except (EOFError, OSError):
            _end(worker)


@contextmanager
def _answering_soon() -> Iterator[None]:
    """Threads that feed others get their turn within a millisecond, whatever this process is at."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.001)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _started(
    begin: Callable[[], Callable[[T], R]], others: Sequence[Connection] = (), *, forked: bool = False
) -> _Worker[T]:
    """A process to work on items, fresh or `forked` where `may_fork`: a copy has inherited the connections to `others`.

    Raises NoProcessError.
    """
    try:
        ours, theirs = Pipe()
    except OSError as error:
        raise NoProcessError from error
    process: BaseProcess
    if is_copy := forked and may_fork():
        process = ForkProcess(target=_work, args=(theirs, begin, (ours, *others)), daemon=True)
    else:
        process = SpawnProcess(target=_work, args=(theirs, begin), daemon=True)
    try:
        with Held():
            if not is_copy:
                resource_tracker.ensure_running()  # which would else be started in the block, and let signals through again
            with _deaf_to_terminal():
                process.start()
    except OSError as error:
        ours.close()
        raise NoProcessError from error
    finally:
        theirs.close()
    return _Worker(process, ours)


@contextmanager
def _deaf_to_terminal() -> Iterator[None]:
    """What is started in the block never hears what a terminal sends; we do, once the block is left."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ASKED_BY_TERMINAL)
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


@undone_when_stopped
def _end_all() -> None:
    """End what was started here, and see it end."""
    processes = active_children()
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(_PATIENCE)
        process.kill()
        process.join()


def _work(connection: Connection, begin: Callable[[], Callable[[T], R]], inherited: Sequence[Connection] = ()) -> None:
    for other in inherited:
        other.close()  # else who is at its other end would never see it closed
    stop_worker_on_signals(_STOPPED)  # before, a signal of the system ends it as silently
    with suppress(RuntimeError):  # the system lets us have no more; it ends with its parent once it is done
        Thread(target=_end_with_parent, daemon=True).start()
    act = begin()
    while True:
        try:
            item = connection.recv()
        except (EOFError, OSError):
            os._exit(0)  # what is loaded here would take long to be taken apart
        connection.send(act(item))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    sleep(_PATIENCE)
    os._exit(_STOPPED)
