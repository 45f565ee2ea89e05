"""An interrupt while the program is still being loaded ends it like any later one."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import os, signal, sys

_, how, module, *words = sys.argv

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == module:
            os.kill(os.getpid(), getattr(signal, how))

sys.meta_path.insert(0, Interrupting())
from discgen.__main__ import main
sys.argv[1:] = words
main()
"""


@pytest.mark.parametrize("module", ["discgen.cli.group", "discgen.cli.check_command"])
@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM"])
def test_an_interrupt_while_modules_are_loaded_is_no_traceback(how: str, module: str) -> None:
    arguments = [sys.executable, "-c", PROGRAM, how, module, "check"]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "停下了。\n")
