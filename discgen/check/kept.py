"""What earlier checks found, kept by all that it rests on: `identity.code()` and the `Inputs` of the target.

It is kept as data (MessagePack) and read back by the types of its fields. A report cannot tell it from what was found
just now, and a bug of ours is never kept.
"""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256

from msgspec import DecodeError, msgpack

from discgen.cache import Cache
from discgen.check.checked import TargetChecked
from discgen.errors import bugs_in
from discgen.identity import code
from discgen.load.inputs import Inputs
from discgen.load.target import Target
from discgen.load.workspace import Workspace

_KIND = "check"


class Kept:
    """The results that a cache has of one state of a workspace, that of the moment in which each is first asked for."""

    def __init__(self, workspace: Workspace, cache: Cache) -> None:
        self._root = workspace.root
        self._cache = cache
        self._inputs = Inputs(workspace.root)

    def find(self, target: Target) -> TargetChecked | None:
        """What was found in the target when it was as it is, if that is still there."""
        data = self._cache.get(_KIND, self._key(target))
        try:
            return msgpack.decode(data, type=TargetChecked) if data is not None else None
        except DecodeError:
            return None

    def keep(self, checked: TargetChecked) -> None:
        """Keep what was found, unless a file has changed since the target was asked for."""
        if not bugs_in(checked.findings) and self._is_unchanged(checked.target):
            self._cache.put(_KIND, self._key(checked.target), msgpack.encode(checked))

    def _key(self, target: Target) -> str:
        return sha256(f"{code()} {self._inputs.digest(target)}".encode()).hexdigest()

    def _is_unchanged(self, target: Target) -> bool:
        now = Inputs(self._root, self._inputs.neighbours)
        return self._has_same_neighbours and now.digest(target) == self._inputs.digest(target)

    @cached_property
    def _has_same_neighbours(self) -> bool:
        """Whether the departments are called as they were when the first target was asked for.

        Looked at once: what they are called is read once, and by the time that something is kept it has been.
        """
        return Inputs(self._root).neighbours == self._inputs.neighbours
