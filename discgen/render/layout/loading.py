"""WeasyPrint, loaded without what no page of ours needs: a process that lays out waits for it before anything else.

It looks for each library of the system under several names, and for most of them cffi starts ldconfig, a compiler and a
linker; it loads the tables of fontTools for fonts that HarfBuzz cannot cut down. Where the short way fails, WeasyPrint is
loaded as it would load itself.
"""

from __future__ import annotations

import ctypes.util
import io
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from importlib import import_module
from types import ModuleType
from typing import Any

from discgen.garbage import without_collection

_SELDOM = ("fontTools.subset", "fontTools.ttLib.woff2", "fontTools.varLib.instancer", "tinyhtml5")
"""Modules of which WeasyPrint does no more than call functions, and for our pages it does not: fonts of the web, variable and
bitmap fonts, pages that expat cannot read."""


class _Later(ModuleType):
    """Stands for a module that is loaded when a function of it is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def function(*arguments: Any, **named: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*arguments, **named)

        return function


def load() -> None:
    """Load WeasyPrint, silently. Raises OSError where a library of the system is missing."""
    # WeasyPrint prints advice in English, and warns of what is reported elsewhere.
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with without_collection():
            with suppress(OSError), _modules_later(), _libraries_by_name():
                import_module("weasyprint")
            import_module("weasyprint")


@contextmanager
def _modules_later() -> Iterator[None]:
    """Whoever imports in the block gets what is seldom used when it is used; nobody else does."""
    stand_ins = {name: _Later(name) for name in _SELDOM if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]


@contextmanager
def _libraries_by_name() -> Iterator[None]:
    """Libraries are loaded by the names that the system's loader knows, which WeasyPrint tries last; nothing is searched."""
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005
    try:
        yield
    finally:
        ctypes.util.find_library = search
