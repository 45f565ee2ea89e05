"""Who may ask: only the browser that was given the address, and no page of another site through it.

A name of another site that leads to 127.0.0.1 (DNS rebinding) betrays itself by the Host header,
a page of another site by the Origin header, and everybody else on the machine lacks the token.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

HOST = "127.0.0.1"

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""What goes with every answer. Widths of table columns are style attributes; nothing else is inline."""


@dataclass(frozen=True, slots=True)
class Guard:
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
