"""Many targets to their PDFs on a Dask cluster: bytes of files go out, bytes of PDFs and findings come back.

A worker is given one target at a time, so that it is known at what it died; nothing of it is believed that is not of the
shape expected. Dask itself runs whatever it is sent, so a scheduler stands in a network that is trusted.
"""

from __future__ import annotations

import logging
import re
import time
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from msgspec import MsgspecError, Struct, field, msgpack

from discgen.cache import Cache, NoCache, cache_of_user
from discgen.characters import visible_lines, without_commands
from discgen.errors import Refusal, process_lost
from discgen.files import write_new
from discgen.gather.departments import Departments
from discgen.identity import code, layout
from discgen.load.inputs import Copy, copy_of
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.logs import logged
from discgen.publish.published import Made, is_pdf

if TYPE_CHECKING:
    from distributed import Client, Future

_ADDRESS = re.compile(r"(?:tcp|tls)://(?:[\w.-]+|\[[\da-fA-F:.]+\]):\d{1,5}")
_LOG = logging.getLogger("discgen")


def check_address(address: str) -> str:
    """The address of a scheduler. Raises Refusal where it is none, or where what speaks to it is not installed."""
    if not _ADDRESS.fullmatch(address):
        raise Refusal(f"“{address}”不是调度进程的地址，写成tcp://主机:端口，例如tcp://10.0.0.5:8786")
    if find_spec("distributed") is None:
        raise Refusal("在几台机器上编要用dask.distributed，这里没有装：pip install distributed")
    return address


# --- what a worker does ---


class Order(Struct, frozen=True):
    """A target to make, with all that its result rests on."""

    target: Target
    copy: Copy
    draft: bool
    is_cached: bool
    identity: tuple[str, str]
    """Of the program and of what lays out, as they must be."""


class Delivery(Struct, frozen=True):
    """What was made, and the log of our bugs in it."""

    made: Made
    log: tuple[str, ...]


def identity() -> tuple[str, str]:
    """What two machines must have in common to give the same bytes: the program, and what lays out."""
    return code(), layout()


_ALONE = Lock()
"""What lays out is not safe with threads, and a worker may have several."""


def deliver(order: bytes, departments: bytes) -> bytes:
    """Make what is ordered in a workspace that is gone afterwards: an encoded Order to an encoded Delivery."""
    from distributed import get_worker

    from discgen.publish.build import Known, make
    from discgen.publish.layout import Layout

    own_folder = get_worker().local_directory  # which Dask clears if the worker is killed
    asked = msgpack.decode(order, type=Order)
    if asked.identity != identity():
        raise RuntimeError("the program has changed meanwhile")
    cache = cache_of_user() if asked.is_cached else NoCache()
    with _ALONE, TemporaryDirectory(prefix="discgen-", dir=own_folder) as folder, logged(_LOG.name) as log:
        workspace = Workspace(Path(folder).resolve())
        _put_up(asked.copy, workspace.root)
        known = Known(workspace, Departments.decode(workspace, departments))
        made = make(workspace, asked.target, draft=asked.draft, layout=Layout(cache), known=known)
    return msgpack.encode(Delivery(made, tuple(record.getMessage() for record in log)))


def _put_up(copy: Copy, root: Path) -> None:
    for name in copy.folders:
        (root / name).mkdir()
    for name, data in copy.files.items():
        write_new(root / name, data)


# --- what hands out ---

_PATIENCE = 15.0
"""Seconds in which a worker may appear where there is none: one that died is started again in some three."""
_LOOK = 1.0
"""Seconds after which is asked which workers there are."""
_DEATHS = 2
"""Workers that one target may take with it."""


class _Worker(Struct):
    """A worker, and what it is asked for: who it is, then one target after another."""

    address: str
    answer: Future[Any] | None
    departments: Future[bytes] | None = None
    """What all departments are called, once the worker is known to be like us."""
    target: Target | None = None


class Cluster(Struct, frozen=True):
    """The cluster whose scheduler has this address; `tell` is told of workers that are not used, and why."""

    address: str
    tell: Callable[[str], None]

    def make(
        self, workspace: Workspace, targets: Sequence[Target], cache: Cache, *, draft: bool = False
    ) -> Generator[Made, None, list[Target]]:
        """What is made of each target as it is ready; returns those of which a copy would not be like the original.

        Raises Refusal where there is no worker that would make the same as this machine.
        """
        order = partial(_order, workspace, draft, not isinstance(cache, NoCache))
        with _connected(self.address) as client:
            sharing = _Sharing(client, self.tell, order, Departments(workspace).encode(), deque(targets))
            try:
                yield from sharing.made()
            finally:
                sharing.let_go()
        return sharing.kept_here


def _order(workspace: Workspace, draft: bool, is_cached: bool, target: Target) -> bytes | None:  # noqa: FBT001
    copy = copy_of(workspace.root, target)
    return msgpack.encode(Order(target, copy, draft, is_cached, identity())) if copy else None


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    """A connection to the scheduler, whose own reports nobody is to read. Raises Refusal where it fails or is lost."""
    from distributed import CancelledError, Client

    for name in ("distributed", "distributed.client", "tornado", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            client = Client(address, timeout=_PATIENCE)
        except (OSError, TimeoutError, ValueError) as problem:
            raise Refusal(f"连不上调度进程{address}：它在不在运行，地址和端口对不对，防火墙让不让过") from problem
        except TypeError as problem:  # of Dask, which has been told of no certificates
            raise Refusal(f"连{address}要证书：按Dask的文档写在它的设置里（distributed.comm.tls）") from problem
        try:
            yield client
        except (OSError, CancelledError) as problem:
            raise Refusal(f"与调度进程{address}断开了；编好的已经写下，再运行一次就接着编") from problem
        finally:
            client.close(timeout=_LOOK)


class _Sharing(Struct):
    """The workers of a cluster, and the targets that are left."""

    client: Client
    tell: Callable[[str], None]
    order: Callable[[Target], bytes | None]
    departments: bytes
    waiting: deque[Target]
    kept_here: list[Target] = field(default_factory=list)
    _workers: dict[str, _Worker] = field(default_factory=dict)
    _refused: set[str] = field(default_factory=set)
    _died_at: dict[Target, list[str]] = field(default_factory=dict)
    _looked: float = 0.0
    _has_lost: bool = False
    _hoped_until: float = field(default_factory=lambda: time.monotonic() + _PATIENCE)

    def made(self) -> Iterator[Made]:
        """What is made of each, as it is ready."""
        while self.waiting or any(worker.target for worker in self._workers.values()):
            yield from self._look()
            self._give()
            for worker in self._answered():
                yield from self._taken(worker)

    def let_go(self) -> None:
        """Let nothing more be done for us."""
        futures = [
            future for worker in self._workers.values() for future in (worker.answer, worker.departments) if future
        ]
        self._workers.clear()
        for future in futures:
            future.release()

    def _look(self) -> Iterator[Made]:
        """See which workers there are; what took several with it is made nothing of."""
        now = time.monotonic()
        if now < self._looked + _LOOK:
            return
        self._looked = now
        there = set(self.client.scheduler_info(n_workers=-1)["workers"])
        for address in self._workers.keys() - there:
            yield from self._lost(self._workers.pop(address))
        for address in sorted(there - self._workers.keys() - self._refused):
            self._workers[address] = _Worker(address, self._ask(address, identity))
        is_hopeless = now > self._hoped_until or (there and not self._has_lost)
        if not self._workers and is_hopeless:
            refused = "，上面说了为什么" if self._refused else "；启动一个：dask worker 调度进程的地址 --nthreads 1"
            raise Refusal(f"没有能用的机器{refused}")

    def _lost(self, worker: _Worker) -> Iterator[Made]:
        """Let another make what a worker was at when it died, unless that is what it died of."""
        self._has_lost, self._hoped_until = True, time.monotonic() + _PATIENCE
        target = worker.target
        if target is None:  # it was idle
            return
        died_at = self._died_at.setdefault(target, [])
        died_at.append(worker.address)
        if len(died_at) < _DEATHS:
            self.waiting.appendleft(target)
            return
        instead = f"在这台机器上编，discgen build -j 1 {target}"
        yield Made(target, b"", (process_lost("编", target.place, "、".join(died_at), instead),), 0.0)

    def _give(self) -> None:
        """Give each worker that is free the next target."""
        for worker in self._workers.values():
            while worker.departments and not worker.target and self.waiting:
                target = self.waiting.popleft()
                order = self.order(target)
                if order is None:
                    self.kept_here.append(target)
                else:
                    worker.target = target
                    worker.answer = self._ask(worker.address, deliver, order, worker.departments)

    def _ask(self, address: str, what: Callable[..., Any], *about: Any) -> Future[Any]:
        return self.client.submit(
            what, *about, key=f"discgen-{uuid4()}", workers=[address], allow_other_workers=False, pure=False
        )

    def _answered(self) -> list[_Worker]:
        """Who has answered, once somebody has, or it is time to look who is there."""
        from distributed import wait

        asked = [worker for worker in self._workers.values() if worker.answer]
        if not asked:
            time.sleep(_LOOK if self.waiting else 0)
            return []
        try:
            wait([worker.answer for worker in asked], timeout=_LOOK, return_when="FIRST_COMPLETED")
        except TimeoutError:
            return []
        return [worker for worker in asked if worker.answer and worker.answer.status != "pending"]

    def _taken(self, worker: _Worker) -> Iterator[Made]:
        """What a worker has made; one that answers something else than it was asked for is used no longer."""
        from distributed import KilledWorker

        answer, worker.answer = worker.answer, None
        assert answer is not None
        problem = answer.exception() if answer.status == "error" else None
        if isinstance(problem, KilledWorker):  # Dask has tried as often as it is set to
            del self._workers[worker.address]
            yield from self._lost(worker)
        elif problem:
            self._refuse(worker, _why(problem))
        elif worker.target is None:
            if differing := _differing(answer.result()):
                self._refuse(worker, differing)
            else:
                worker.departments = self._ask(worker.address, bytes, self.departments)
        elif delivery := delivered(answer.result(), worker.target):
            worker.target = None
            for text in delivery.log:
                _LOG.error("%s", without_commands(visible_lines(text)))
            yield delivery.made
        else:
            self._refuse(worker, "交回来的不是PDF和检查结果")

    def _refuse(self, worker: _Worker, why: str) -> None:
        self._refused.add(worker.address)
        del self._workers[worker.address]
        if worker.target:
            self.waiting.appendleft(worker.target)
        self.tell(f"不用{worker.address}：{why}")


def _differing(theirs: object) -> str:
    """In what a worker differs from this machine, in Chinese."""
    match theirs:
        case (str(program), str(laying_out)):
            ours = identity()
            names = [
                name
                for name, is_same in (("程序版本", program == ours[0]), ("字体或排版库", laying_out == ours[1]))
                if not is_same
            ]
            return f"{'、'.join(names)}与这里不同，编出来的不会一样" if names else ""
        case _:
            return "说不出自己的程序版本"


def _why(problem: BaseException | None) -> str:
    """Why a worker cannot do what it is asked for, in Chinese."""
    if isinstance(problem, Refusal):
        return str(problem)
    if isinstance(problem, ImportError):
        return f"没有装discgen，或装的是别的版本（{problem}）"
    return f"做不了（{type(problem).__name__}：{problem}）"


def delivered(data: object, target: Target) -> Delivery | None:
    """What a worker has sent, if it is what was ordered."""
    try:
        delivery = msgpack.decode(data, type=Delivery) if isinstance(data, bytes) else None
    except (MsgspecError, ValueError):
        return None
    is_ours = delivery is not None and delivery.made.target == target and isinstance(delivery.made.data, bytes)
    return delivery if delivery and is_ours and (not delivery.made.data or is_pdf(delivery.made.data)) else None
