"""Jinja's immutable sandbox, in which all templates and expressions run, and the code that our own templates become."""

from __future__ import annotations

from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from discgen.compiled import compiled, keep
from discgen.reference.folders import FORMS


class Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, which asks once for all objects of a type whether an attribute is safe: nothing else decides it."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may see an attribute."""
        asked = type(obj), attr
        if asked not in _IS_SAFE:
            _IS_SAFE[asked] = super().is_safe_attribute(obj, attr, value)
        return _IS_SAFE[asked]


_IS_SAFE: dict[tuple[type, str], bool] = {}


_OWN = "own-"
"""What the keys of a workspace's templates begin with."""


class CompiledTemplates(BytecodeCache):
    """The code of templates, which depends on no document, for all documents of a run, and of shipped ones for later runs."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """What the code is kept under. Other workspaces have files of the same name: Jinja holds the text against it."""
        key = super().get_cache_key(name, filename)
        return f"{_OWN}{key}" if filename and filename.startswith(f"{FORMS}/") else key

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take over what was compiled before."""
        is_own = bucket.key.startswith(_OWN)
        code = self._code.get(bucket.key) or (None if is_own else compiled(bucket.key))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._code[bucket.key] = bucket.bytecode_to_string()
        if not bucket.key.startswith(_OWN):
            keep(bucket.key, self._code[bucket.key])


COMPILED_TEMPLATES = CompiledTemplates()
