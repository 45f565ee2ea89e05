"""Office files packed again so that nothing in them says when they were made: the same bytes for the same contents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the libraries take times without a zone for UTC
"""An Office file must have a date; any fixed one will do, today's would change the bytes."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first date that an archive can give to what is in it."""


def repacked(archive: bytes, changed: Callable[[str, bytes], bytes]) -> bytes:
    """The archive without the time it was made at; `changed` says what becomes of each part, by its name."""
    packed = BytesIO()
    with ZipFile(BytesIO(archive)) as made, ZipFile(packed, "w") as again:
        for name in made.namelist():
            again.writestr(ZipInfo(name, _EARLIEST), changed(name, made.read(name)), ZIP_DEFLATED)
    return packed.getvalue()
