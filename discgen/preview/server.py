"""The preview over HTTP, on 127.0.0.1 only. Changes are told by Server-Sent Events."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote

from discgen.preview.guard import HEADERS, HOST, Guard
from discgen.preview.news import News
from discgen.preview.site import Answer, Site, refused

_SILENCE = 15.0
"""Seconds after which a listener is told that nothing happened: one that has left shows then."""


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
        """Requests are nobody's news."""

    def _answer(self, answer: Answer) -> None:
        try:
            if answer.news:
                self._tell(answer.news)
            else:
                self._send(answer)
        except ConnectionError:
            self.close_connection = True  # the browser has left

    def _send(self, answer: Answer) -> None:
        kept = {"Cache-Control": "private, max-age=31536000, immutable"} if answer.keep else {}
        self._begin(answer.status, {"Content-Type": answer.type, "Content-Length": str(len(answer.body)), **kept})
        self.wfile.write(answer.body)

    def _redirect(self, to: str) -> None:
        self._begin(HTTPStatus.SEE_OTHER, {"Location": to, "Content-Length": "0"})

    def _begin(self, status: HTTPStatus, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**HEADERS, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _tell(self, news: News) -> None:
        """An event for every change, the present version first, until the browser leaves."""
        self.close_connection = True
        self._begin(HTTPStatus.OK, {"Content-Type": "text/event-stream; charset=utf-8", "Connection": "close"})
        news.listen()
        try:
            known = news.version
            self._write(f"data: {known}\n\n")
            while True:
                version = news.wait(known, _SILENCE)
                self._write(f"data: {version}\n\n" if version != known else ": nothing new\n\n")
                known = version
        finally:
            news.leave()

    def _write(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()
