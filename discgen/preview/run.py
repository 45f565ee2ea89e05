"""The preview from beginning to end: serve, follow the files, stop."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from discgen.preview.server import PreviewServer
from discgen.preview.site import Site
from discgen.preview.watch import changes, forget_shipped, is_shipped


def preview(site: Site, port: int, ready: Callable[[str], None], stop: Event | None = None) -> None:
    """Serve the site until `stop` or an interrupt; `ready` is told the address. Port 0 is any that is free.

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
