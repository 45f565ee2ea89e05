"""What a program costs: time on the wall, time of all processors, and memory of its largest process."""

from __future__ import annotations

import ctypes
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

DISCGEN = (str(Path(sys.executable).with_name("discgen")),)
"""The command, as it is installed beside the Python that measures."""
_PR_SET_CHILD_SUBREAPER = 36
_WITHOUT_BYTECODE = "PYTHONDONTWRITEBYTECODE"
"""With it a program in Python would be compiled anew each time, which no installed one is."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the wall, seconds of all processors in all processes, and megabytes of the largest of them."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Way:
    """A program to measure. `before` makes ready what it starts from, and is not measured."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    before: Callable[[], object] = lambda: None


def adopt_orphans() -> None:
    """Let processes whose parent has ended be ours from now on: a browser leaves some behind, and they count too."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def in_turns(ways: Sequence[Way], rounds: int) -> dict[str, Cost]:
    """The median cost of each way by its name, over rounds in which each has its turn: what disturbs one disturbs all.

    A round before them is not counted: it compiles what Python has not compiled yet, and reads files into memory.
    """
    costs: dict[str, list[Cost]] = {way.name: [] for way in ways}
    for way in ways:
        _measured(way)
    for _ in range(rounds):
        for way in ways:
            costs[way.name].append(_measured(way))
    return {name: _median(measured) for name, measured in costs.items()}


def _measured(way: Way) -> Cost:
    way.before()
    before = _cpu()
    started = time.perf_counter()
    process = subprocess.Popen(way.command, env=dict(way.environment), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{way.name}: exit {process.returncode}\n{output.decode(errors='replace')}")
    memory = usage.ru_maxrss
    while True:
        try:
            _, _, usage = os.wait4(-1, 0)
        except ChildProcessError:
            return Cost(wall, _cpu() - before, memory / 1024)
        memory = max(memory, usage.ru_maxrss)


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        statistics.median(cost.memory for cost in costs),
    )


def machine() -> str:
    """What this machine is, and how busy it was just now."""
    processors = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    memory = int(next(line for line in _lines("/proc/meminfo") if line.startswith("MemTotal")).split()[1]) // 2**20
    return f"{len(processors)} × {processors[0]}, {memory} GB; load before the first round {os.getloadavg()[0]:.2f}"


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines()
