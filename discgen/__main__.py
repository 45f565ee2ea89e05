"""The command `discgen`, also as `python -m discgen`.

Nothing is loaded before somebody answers for signals: a Ctrl+C in the first moment, or a system that
asks the program to stop, ends it like any later one.
"""

from __future__ import annotations

from discgen.ending import end, stop_command_on_signals

_STOPPED = 1
"""Exit code of a command that is stopped."""
_COLLECTED_AFTER = 50_000
"""New objects after which circles of them are looked for: hardly any are made, and a look costs a tenth of a check."""


def main() -> None:
    """Load the command and run it."""
    stop_command_on_signals(_STOPPED, "停下了。")
    import gc

    gc.set_threshold(_COLLECTED_AFTER)
    from discgen.character_classes import compile_long_ranges_as_written

    compile_long_ranges_as_written()
    from discgen.cli import main as run

    try:
        run()
    except SystemExit as ended:
        end(int(ended.code or 0))


if __name__ == "__main__":
    main()
