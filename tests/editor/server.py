"""A YAML language server on a pipe, spoken to as an editor does (LSP: JSON-RPC with a length in front)."""

from __future__ import annotations

import itertools
import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

HERE = Path(__file__).parent
PROGRAM = HERE / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"

_SETTINGS = {"hover": True, "completion": True, "validate": True, "schemaStore": {"enable": False}}
"""What the YAML extension is set to; without the store of schemas nothing is looked for on the net."""
_CAPABILITIES = {
    "textDocument": {
        "hover": {"contentFormat": ["markdown"]},
        "completion": {"completionItem": {"documentationFormat": ["markdown"], "snippetSupport": True}},
    },
    "workspace": {"configuration": True},
}


class LanguageServer:
    """The server, for as long as the block lasts. It ends, and so does the test, if it turns to the network."""

    def __init__(self, root: Path) -> None:
        self._process = subprocess.Popen(
            ["node", "--require", str(HERE / "offline.js"), str(PROGRAM), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._numbers = itertools.count(1)
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._request(
            "initialize",
            {"processId": None, "rootUri": root.as_uri(), "capabilities": _CAPABILITIES, "locale": "zh-cn"},
        )
        self._send({"method": "initialized", "params": {}})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def open(self, path: Path, text: str) -> None:
        """Open a text as the file at `path`, which need not be there."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})

    def diagnostics(self, path: Path) -> list[dict[str, Any]]:
        """What is found in a file that has been opened."""
        while path.as_uri() not in self._diagnostics:
            self._answer(self._receive())
        return self._diagnostics.pop(path.as_uri())

    def hover(self, path: Path, line: int, column: int) -> str:
        """What is shown for the pointer at a place, lines and columns counted from 0."""
        shown = self._at("hover", path, line, column)
        return str(shown["contents"]["value"]) if shown else ""

    def complete(self, path: Path, line: int, column: int) -> list[dict[str, Any]]:
        """What is offered for a cursor at a place, lines and columns counted from 0."""
        offered: list[dict[str, Any]] = self._at("completion", path, line, column)["items"]
        return offered

    def _at(self, what: str, path: Path, line: int, column: int) -> Any:
        position = {"line": line, "character": column}
        return self._request(f"textDocument/{what}", {"textDocument": {"uri": path.as_uri()}, "position": position})

    def _request(self, method: str, params: dict[str, Any]) -> Any:
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == number and "method" not in message:
                return message["result"]
            self._answer(message)

    def _answer(self, message: dict[str, Any]) -> None:
        """Do what an editor does with what the server sends of its own accord."""
        method, params = message.get("method", ""), message.get("params", {})
        if method == "textDocument/publishDiagnostics":
            self._diagnostics[params["uri"]] = params["diagnostics"]
        elif "id" in message:
            sections = params.get("items", []) if method == "workspace/configuration" else None
            result = sections and [_SETTINGS if item.get("section") == "yaml" else None for item in sections]
            self._send({"id": message["id"], "result": result})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout
        length = 0
        while header := self._process.stdout.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has ended"
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message
