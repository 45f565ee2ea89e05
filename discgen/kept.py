"""Results of targets that are kept by all that they rest on: our code, the `Inputs` of the target, and what else is said.

They are kept as data (MessagePack) and read back by the types of their fields. A bug of ours is never kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property, partial
from hashlib import sha256
from typing import Generic, Protocol, TypeVar

from msgspec import msgpack

from discgen.cache import RESULT, Cache
from discgen.diagnostics import Diagnostic
from discgen.errors import bugs_in
from discgen.identity import code
from discgen.load.inputs import Inputs
from discgen.load.target import Target
from discgen.load.workspace import Workspace


class Result(Protocol):
    """What is found or made of a target."""

    @property
    def findings(self) -> Sequence[Diagnostic]:
        """What was found on the way."""


R = TypeVar("R", bound=Result)


class Kept(Generic[R]):
    """The results of a kind that a cache has of one state of a workspace, that of the moment in which each is first asked for."""

    def __init__(self, workspace: Workspace, cache: Cache, kind: str, result: type[R], *rests_on: str) -> None:
        self._root = workspace.root
        self._cache = cache
        self._kind = f"{RESULT}{kind}"
        self._result = result
        self._rests_on = rests_on
        self._inputs = Inputs(workspace.root)

    def find(self, target: Target) -> R | None:
        """The result of the target as it is now, if that is still there."""
        return self._cache.find(self._kind, self._key(target), partial(msgpack.decode, type=self._result))

    def keep(self, target: Target, result: R) -> None:
        """Keep a result, unless a file has changed since the target was asked for, or a name is none that UTF-8 can write."""
        if not bugs_in(result.findings) and self._is_unchanged(target):
            with suppress(UnicodeEncodeError):
                self._cache.put(self._kind, self._key(target), msgpack.encode(result))

    def _key(self, target: Target) -> str:
        return sha256(" ".join((code(), *self._rests_on, self._inputs.digest(target))).encode()).hexdigest()

    def _is_unchanged(self, target: Target) -> bool:
        now = Inputs(self._root, self._inputs.neighbours)
        return self._has_same_neighbours and now.digest(target) == self._inputs.digest(target)

    @cached_property
    def _has_same_neighbours(self) -> bool:
        """Whether the departments are called as they were when the first target was asked for.

        Looked at once: what they are called is read once, and by the time that something is kept it has been.
        """
        return Inputs(self._root).neighbours == self._inputs.neighbours
