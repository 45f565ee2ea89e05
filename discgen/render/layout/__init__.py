"""The only package that knows WeasyPrint. Pinned to one release, whose internals it mends and replaces (`engine`)."""

from __future__ import annotations

import os
from contextlib import suppress

from discgen.render.layout.loading import load
from discgen.render.layout.surroundings import pin

pin(os.environ)  # before any library is loaded
with suppress(OSError):  # `require_layout` says what is missing
    load()
