"""WeasyPrint, loaded without what no page of ours needs: a process that lays out waits for it before anything else.

By itself it has cffi parse 450 lines of C and search for each library under several names, with ldconfig, a compiler and a
linker, and it loads the tables of fontTools for fonts that HarfBuzz cannot cut down. Where the short way fails, it is loaded
as it would load itself.
"""

from __future__ import annotations

import io
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from hashlib import sha256
from importlib import import_module
from types import ModuleType
from typing import Any

from discgen.garbage import without_collection
from discgen.render.layout import declarations

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


def _declared() -> type:
    """WeasyPrint's FFI, its declarations parsed beforehand; it asks the system's loader for a library and does not search.

    Raises ImportError where cffi has nothing to make it of.
    """
    from _cffi_backend import FFI

    class Declared(FFI):
        def __init__(self) -> None:
            super().__init__("weasyprint", **declarations.ARGUMENTS)

        def cdef(self, source: str) -> None:
            """Raises ImportError where the declarations are others."""
            if sha256(source.encode()).hexdigest() != declarations.SOURCE:
                raise ImportError("WeasyPrint declares something else")

    return Declared


def load() -> None:
    """Load WeasyPrint, silently. Raises OSError where a library of the system is missing."""
    # WeasyPrint prints advice in English, and warns of what is reported elsewhere.
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with without_collection():
            with suppress(OSError, ImportError), _in_place_of_modules():
                import_module("weasyprint")
            import_module("weasyprint")


@contextmanager
def _in_place_of_modules() -> Iterator[None]:
    """Whoever imports in the block gets what stands in for modules that are not loaded; nobody does afterwards."""
    stand_ins: list[ModuleType] = [*map(_Later, _SELDOM)]
    if sys.platform == "linux":  # elsewhere libraries have to be searched for
        cffi = ModuleType("cffi")
        cffi.FFI = _declared()  # type: ignore[attr-defined]
        stand_ins.append(cffi)
    used = {module.__name__: module for module in stand_ins if module.__name__ not in sys.modules}
    sys.modules.update(used)
    try:
        yield
    finally:
        for name in used:
            del sys.modules[name]
