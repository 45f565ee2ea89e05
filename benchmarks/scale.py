"""What checks and builds cost as departments become more.

    python -m benchmarks.scale [count...] [--rounds 1] [--most-built 100]

The departments are made up (tools/make_departments.py). Each way has its turn in each round, with one process and with two;
no more are built than `--most-built`, since each takes as long as the last. Walls mean something on an idle machine only,
processor time and memory always.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import DISCGEN, Cost, Way, adopt_orphans, in_turns, machine
from discgen.cache import FOLDER_VARIABLE
from tools.make_departments import main as make_departments

_JOBS = (1, 2)
_MOST_MEMORY = {"check": 150, "build": 250}
"""Megabytes that the largest process may have."""
_PROVINCE = 10_000
"""Departments of a province, its cities and counties."""


def main(counts: list[int], rounds: int, most_built: int) -> None:
    """Measure, and print a table for each number of departments."""
    adopt_orphans()
    print(machine())
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            make_departments(count, Path(folder) / "workspace")
            ways = list(_ways(Path(folder), is_built=count <= most_built))
            _report(count, in_turns(ways, rounds))


def _ways(folder: Path, *, is_built: bool) -> Iterator[Way]:
    """The ways in an order in which what is unchanged follows what made it."""
    cache, build = folder / "cache", folder / "workspace/build"
    environment = os.environ | {FOLDER_VARIABLE: str(cache)}

    def afresh() -> None:
        shutil.rmtree(cache, ignore_errors=True)
        shutil.rmtree(build, ignore_errors=True)

    for command in ("check", "build") if is_built else ("check",):
        for jobs in _JOBS:
            run = (*DISCGEN, "-C", str(folder / "workspace"), command, "-j", str(jobs))
            yield Way(f"{command} -j {jobs}", run, environment, afresh)
        yield Way(f"{command} -j {jobs}, unchanged", run, environment)


def _report(count: int, costs: dict[str, Cost]) -> None:
    print(f"\n## {count} departments\n")
    print("| way | wall, s | CPU, s | CPU of one, s | largest process, MB | at most |\n|---|---|---|---|---|---|")
    for name, cost in costs.items():
        most = _MOST_MEMORY[name.partition(" ")[0]]
        verdict = f"{most}{'' if cost.memory <= most else ' MISSED'}"
        print(f"| {name} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.cpu / count:.3f} | {cost.memory:.0f} | {verdict} |")
    one, two = (f" -j {jobs}" for jobs in _JOBS)
    for command in ("check", "build"):
        if f"{command}{one}" in costs:
            ratio = costs[f"{command}{one}"].wall / costs[f"{command}{two}"].wall
            hours = costs[f"{command}{one}"].cpu / count * _PROVINCE / 3600
            print(
                f"\n{command}: {ratio:.2f} times as fast with two processes; {_PROVINCE}: {hours:.1f} hours of a processor"
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=int, nargs="*", default=[10, 100, 1000])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--most-built", type=int, default=100)
    asked = parser.parse_args()
    main(asked.counts, asked.rounds, asked.most_built)
