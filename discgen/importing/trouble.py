"""What stops an import, told in Chinese with the file, sheet and cell. Nothing is written then."""

from __future__ import annotations

from collections.abc import Iterable


class ImportTroubleError(ValueError):
    """What is in the files cannot be facts as it stands: all that was found, each with its cell."""

    def __init__(self, troubles: Iterable[str]) -> None:
        self.troubles = tuple(dict.fromkeys(troubles))
        super().__init__("\n".join(self.troubles))
