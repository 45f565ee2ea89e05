"""The preview over HTTP, on 127.0.0.1 only, while its files are followed; changes are sent as Server-Sent Events.

Only the browser that was given the address may ask, and no page of another site through it: a name of another site that
leads to 127.0.0.1 (DNS rebinding) betrays itself by the Host header, a page of another site by the Origin header, and
everybody else on the machine lacks the token.
"""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, unquote

from msgspec import Struct, field
from msgspec.structs import replace

from discgen.preview.change_signal import ChangeSignal
from discgen.preview.site import Answer, Site, refused
from discgen.preview.watch import changes
from discgen.reference.folders import forget_shipped, is_shipped


def serve(site: Site, port: int, ready: Callable[[str], None], stop: Event | None = None) -> None:
    """Serve the site until `stop` or an interrupt; `ready` is called with the address. Port 0 is any that is free.

    Raises OSError where the port is taken, or the system cannot watch the files.
    """
    with PreviewServer(site, port) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        ready(server.url)
        try:
            for paths in changes(site.workspace, stop):
                if any(map(is_shipped, paths)):
                    forget_shipped()
                site.changed(paths)
        finally:
            server.shutdown()


_SILENCE = 15.0
"""Seconds after which a listener is sent a remark that nothing happened: a browser that has left shows then."""


class PreviewServer(ThreadingHTTPServer):
    """Serves a site. Raises OSError where the port is taken."""

    daemon_threads = True

    def __init__(self, site: Site, port: int = 0) -> None:
        self.site = site
        super().__init__((HOST, port), _Handler)
        self.guard = Guard(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves in the middle is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def url(self) -> str:
        """The address to open, with the token in it."""
        return f"{self.guard.origin}/?token={self.guard.token}"


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "discgen"
    sys_version = ""
    server: PreviewServer

    def do_GET(self) -> None:
        """Answer, or refuse."""
        guard = self.server.guard
        if not guard.admits(self.headers.get("Host"), self.headers.get("Origin")):
            self._send(refused())
            return
        path, _, query = self.path.partition("?")
        token, _, below = path.removeprefix("/").partition("/")
        given = parse_qs(query).get("token", [""])[0]
        if path == "/" and guard.knows(given):
            self._redirect(f"/{guard.token}/{self.server.site.home}")
        elif not guard.knows(token):
            self._send(refused())
        else:
            self._answer(self.server.site.answer(unquote(below, errors="surrogateescape")))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 - the base's
        """What is no request that a browser makes is refused like the others."""
        self.close_connection = True
        self._send(replace(refused(), status=HTTPStatus(code)))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Requests are not logged."""

    def _answer(self, answer: Answer) -> None:
        try:
            if answer.changes:
                self._send_events(answer.changes)
            else:
                self._send(answer)
        except ConnectionError:
            self.close_connection = True  # the browser has left

    def _send(self, answer: Answer) -> None:
        self._begin(answer.status, {"Content-Type": answer.type, "Content-Length": str(len(answer.body))})
        self.wfile.write(answer.body)

    def _redirect(self, to: str) -> None:
        self._begin(HTTPStatus.SEE_OTHER, {"Location": to, "Content-Length": "0"})

    def _begin(self, status: HTTPStatus, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**HEADERS, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _send_events(self, changes: ChangeSignal) -> None:
        """An event for every change, the present version first, until the browser leaves."""
        self.close_connection = True
        self._begin(HTTPStatus.OK, {"Content-Type": "text/event-stream; charset=utf-8", "Connection": "close"})
        changes.listen()
        try:
            known = changes.version
            self._write(f"data: {known}\n\n")
            while True:
                version = changes.wait(known, _SILENCE)
                self._write(f"data: {version}\n\n" if version != known else ": nothing new\n\n")
                known = version
        finally:
            changes.leave()

    def _write(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()


HOST = "127.0.0.1"

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""What goes with every answer. Widths of table columns are style attributes; nothing else is inline."""


class Guard(Struct, frozen=True):
    """The token of one run, and the port it is served at."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def origin(self) -> str:
        """What the browser calls us."""
        return f"http://{HOST}:{self.port}"

    def admits(self, host: str | None, origin: str | None) -> bool:
        """Whether these headers are those of our own page, or of an address that was typed in."""
        return host == f"{HOST}:{self.port}" and origin in (None, self.origin)

    def knows(self, token: str) -> bool:
        """Whether this is the token."""
        return secrets.compare_digest(token.encode(), self.token.encode())
