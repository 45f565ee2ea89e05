"""Expressions with classes of thousands of characters, compiled without going through these one by one.

Before Python compiles a class, it marks every character of it in a map, to see whether that is shorter than what is
written: 27,000 steps for `[㐀-鿿]`, once or twice for each of some forty classes. A class with so long a range is
compiled as it is written, which means the same.
"""

from __future__ import annotations

import sys
from functools import wraps
from importlib import import_module
from typing import Any

_LONG = 1_000
"""Characters of a range that are not worth to be gone through."""
_NEWEST = 3, 13
"""The newest release of Python of which it is known how it compiles a class."""


def compile_long_ranges_as_written() -> None:
    """Have this process do so; a release of Python that is newer or works otherwise takes its time."""
    if sys.version_info[:2] > _NEWEST:
        return
    try:
        compiler: Any = import_module("re._compiler")
        shorten, range_ = compiler._optimize_charset, compiler.RANGE  # noqa: SLF001 - there is no other way in
    except (ImportError, AttributeError):
        return

    @wraps(shorten)
    def shorten_unless_long(written: Any, *case: Any) -> Any:
        """What to compile, and whether case has been folded in it, which `case` says how to do where it is ignored."""
        is_long = any(kind is range_ and value[1] - value[0] > _LONG for kind, value in written)
        return (written, False) if is_long and not any(case) else shorten(written, *case)

    compiler._optimize_charset = shorten_unless_long  # noqa: SLF001
