"""Links that open a file in the user's editor at a line."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from discgen.diagnostics import Place
from discgen.errors import Refusal

VSCODE = "vscode://file{path}:{line}:{column}"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://?\S+")
_OF_BROWSERS = re.compile(r"(https?|ftp|javascript|data|file|blob):")


class Editor(Struct, frozen=True):
    """How an editor is called: an address with `{path}`, `{line}` and `{column}`; empty for no links."""

    address: str = VSCODE

    def __post_init__(self) -> None:
        if self.address and not _ADDRESS.fullmatch(self.address):
            raise Refusal(f"“{self.address}”不是编辑器的地址；例如{VSCODE}，不要链接就写空的")
        if _OF_BROWSERS.match(self.address):
            raise Refusal(f"“{self.address}”是浏览器自己打开的地址，不是编辑器的；例如{VSCODE}")
        if self.address and "{path}" not in self.address:
            raise Refusal(f"“{self.address}”里没有{{path}}，不知道打开哪个文件；例如{VSCODE}")

    def link(self, root: Path, place: Place) -> str:
        """The address that opens a file of the workspace at `root`; empty where there are no links."""
        path = quote(os.fsencode(root.resolve() / place.file))
        written = {"{path}": path, "{line}": str(place.line), "{column}": str(place.column)}
        return re.sub("|".join(map(re.escape, written)), lambda placeholder: written[placeholder[0]], self.address)
