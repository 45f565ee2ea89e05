"""Write `discgen/render/layout/declarations.py`: WeasyPrint's declarations of C as cffi has them once it has parsed them.

Run: python tools/layout_declarations.py
It is what cffi writes of them for its out-of-line ABI mode, https://cffi.readthedocs.io/en/stable/cdef.html, as data. They
are the same on every system: sizes and places in structures are worked out where they are used.
"""

from __future__ import annotations

import ast
import inspect
from hashlib import sha256
from pathlib import Path
from pprint import pformat
from tempfile import TemporaryDirectory
from typing import Any

import cffi
from weasyprint.text import ffi

import discgen

FILE = Path(discgen.__file__).with_name("render") / "layout" / "declarations.py"
_WIDTH = 118


def layout_declarations() -> str:
    """The text of the module."""
    source = _source()
    arguments = pformat(_parsed(source), width=_WIDTH, compact=True, sort_dicts=False)
    return f'''"""WeasyPrint's declarations of C, parsed: written by tools/layout_declarations.py, not to be changed by hand."""

# ruff: noqa: ISC004, Q000
# fmt: off
from __future__ import annotations

from typing import Any

SOURCE = "{sha256(source.encode()).hexdigest()}"
"""The sha256 of the text of which these are the declarations."""
ARGUMENTS: dict[str, Any] = (
{arguments}
)
"""What cffi makes an FFI of."""
'''


def _source() -> str:
    """What WeasyPrint gives to cffi."""
    calls = (node for node in ast.walk(ast.parse(inspect.getsource(ffi))) if isinstance(node, ast.Call))
    source = next(call.args[0] for call in calls if ast.unparse(call.func) == "ffi.cdef")
    return str(ast.literal_eval(source))


def _parsed(source: str) -> dict[str, Any]:
    parser = cffi.FFI()
    parser.cdef(source)
    parser.set_source("weasyprint", None)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "weasyprint.py"
        parser.emit_python_code(str(file))
        module = ast.parse(file.read_text(encoding="utf-8"))
    call = next(node for node in ast.walk(module) if isinstance(node, ast.Call))
    return {str(argument.arg): ast.literal_eval(argument.value) for argument in call.keywords}


if __name__ == "__main__":
    FILE.write_text(layout_declarations(), encoding="utf-8")
