"""The command `discgen`, also as `python -m discgen`.

Nothing is loaded before somebody answers for an interrupt: a Ctrl+C in the first moment, or a
system that asks the program to stop, ends it without a traceback like any later one.
"""

from __future__ import annotations

import gc
import signal
import sys

_COLLECTED_AFTER = 50_000
"""New objects after which circles of them are looked for: hardly any are made, and a look costs a tenth of a check."""


def main() -> None:
    """Load the command and run it."""
    try:
        if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        gc.set_threshold(_COLLECTED_AFTER)
        from discgen.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit("停下了。")  # on standard error, with exit code 1, as the command itself says it


if __name__ == "__main__":
    main()
