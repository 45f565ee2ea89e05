"""A number that goes up when something changed, and those who wait for it."""

from __future__ import annotations

from threading import Condition


class ChangeSignal:
    """Counts changes; waits for the next."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._version = 0
        self._waiting = 0

    @property
    def version(self) -> int:
        """How many changes there have been."""
        return self._version

    @property
    def is_awaited(self) -> bool:
        """Whether anybody listens."""
        return self._waiting > 0

    def announce(self) -> None:
        """Something changed."""
        with self._changed:
            self._version += 1
            self._changed.notify_all()

    def listen(self) -> None:
        """Count a listener in, until `leave`."""
        with self._changed:
            self._waiting += 1

    def leave(self) -> None:
        """Count a listener out."""
        with self._changed:
            self._waiting -= 1

    def wait(self, known: int, seconds: float) -> int:
        """The version once it is another than the known one; the known one where nothing happens in time."""
        with self._changed:
            self._changed.wait_for(lambda: self._version != known, seconds)
            return self._version
