"""What shipped files become, kept where Python keeps the code of our modules: each release works it out once on a machine.

Who can write there can write the program, so that code may be kept there as well (`discgen.sandbox` does it), and nobody
has to be trusted besides. It is only kept where Python would write there too, and lost without harm.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from typing import ParamSpec, TypeVar, get_type_hints

from msgspec import DecodeError, msgpack

from discgen.files import UnwritableError, read_regular, replace_file
from discgen.identity import code
from discgen.reference.folders import cache_shipped, has_shipped_changed

P = ParamSpec("P")
T = TypeVar("T")

_FOLDER = Path(cache_from_source(__file__)).parent
_CHECKSUM = 32


def keep_compiled(function: Callable[P, T]) -> Callable[P, T]:
    """`cache_shipped` for what takes long to be worked out, and is data by its type: it is kept beyond this run."""

    @wraps(function)
    def find_or_make(*args: P.args, **kwargs: P.kwargs) -> T:
        name = f"{function.__module__}.{function.__qualname__}{args}{kwargs}"
        kept = compiled(name)
        if kept is not None:
            with suppress(DecodeError):
                found: T = msgpack.decode(kept, type=get_type_hints(function)["return"])
                return found
        made = function(*args, **kwargs)
        keep(name, msgpack.encode(made))
        return made

    return cache_shipped(find_or_make)


def compiled(name: str) -> bytes | None:
    """What this code has kept under a name."""
    if has_shipped_changed():  # what runs may no longer be what is there
        return None
    try:
        held = read_regular(_file(name))
    except OSError:
        return None
    data = held[_CHECKSUM:]
    return data if held == _framed(name, data) else None


def keep(name: str, data: bytes) -> None:
    """Keep data under a name, if that can be done."""
    if not sys.dont_write_bytecode and not has_shipped_changed():
        with suppress(UnwritableError):
            replace_file(_file(name), _framed(name, data))


def _framed(name: str, data: bytes) -> bytes:
    """What a file holds. The checksum is also about the code that made it, and what it is called by."""
    return sha256(b"%s %s %s" % (code().encode(), name.encode(), data)).digest() + data


def _file(name: str) -> Path:
    return _FOLDER / f"compiled-{sha256(name.encode()).hexdigest()[:32]}.{sys.implementation.cache_tag}"
