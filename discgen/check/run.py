"""Targets checked: of unchanged ones the result is known, the others are composed in as many processes as that pays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import groupby

from msgspec import Struct

from discgen.cache import Cache, NoCache
from discgen.check.checked import Checked, TargetChecked
from discgen.check.listing import lines_of
from discgen.errors import process_lost
from discgen.kept import Kept
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.workers import how_it_ended, in_workers, may_fork

_WORTH_FORKING, _WORTH_STARTING = 2, 12
"""Departments that are worth another process: a copy of this one, or a fresh one that has all to load again. On two cores
copies save a tenth of the time of two departments and a third of that of twelve; fresh ones lose an eighth at four, come out
even at eight and save a tenth at twelve.
"""


def check_targets(  # noqa: PLR0913 - how it is done does not matter to what is found
    workspace: Workspace,
    targets: Iterable[Target],
    *,
    cache: Cache | None = None,
    jobs: int = 1,
    with_checklist: bool = False,
    show: Callable[[str], None] = lambda _: None,
) -> Checked:
    """What is found in the targets, in their order; `show` is told how far it is.

    The result is the same whatever the `cache` has, and however many processes there are.
    """
    kept = Kept(workspace, cache or NoCache(), "check", TargetChecked)
    done = {target: _known(kept, target, with_checklist=with_checklist) for target in targets}
    missing = [target for target, checked in done.items() if checked is None]
    for number, checked in enumerate(_composed(workspace, missing, kept, jobs, with_checklist=with_checklist), start=1):
        done[checked.target] = checked
        show(f"检查 [{len(done) - len(missing) + number}/{len(done)}] {checked.target}")
    return Checked(tuple(checked for checked in done.values() if checked), lines_of(workspace))


def _known(kept: Kept[TargetChecked], target: Target, *, with_checklist: bool) -> TargetChecked | None:
    checked = kept.find(target)
    return None if checked and with_checklist and checked.checklist is None else checked


def _composed(
    workspace: Workspace, targets: Sequence[Target], kept: Kept[TargetChecked], jobs: int, *, with_checklist: bool
) -> Iterator[TargetChecked]:
    """What is found in each target as it is ready. Targets of one department stay together: they read the same files."""
    if not targets:
        return
    from discgen.check.one import Checker  # loads all that composing takes, which nothing unchanged does

    check = Checker(workspace, kept, with_checklist=with_checklist)
    by_department = [tuple(group) for _, group in groupby(targets, key=lambda target: target.department)]
    if jobs == 1 or len(by_department) < (_WORTH_FORKING if may_fork() else _WORTH_STARTING):
        for group in by_department:
            yield from check(group)
        return
    begin: Callable[[], Callable[[Sequence[Target]], list[TargetChecked] | _Lost]] = check.itself
    lost: list[Target] = []
    with closing(in_workers(begin, by_department, jobs, _Lost, forked=True)) as outcomes:
        for outcome in outcomes:
            if isinstance(outcome, _Lost):
                lost += outcome.targets
            else:
                yield from outcome
    with closing(in_workers(begin, [(target,) for target in lost], jobs, _Lost, forked=True)) as outcomes:
        for outcome in outcomes:
            yield from (outcome.told(),) if isinstance(outcome, _Lost) else outcome


class _Lost(Struct, frozen=True):
    """Targets at which a process died, and its exit code."""

    targets: tuple[Target, ...]
    code: int

    def told(self) -> TargetChecked:
        """The finding of the one target that was left."""
        (target,) = self.targets
        instead = f"关掉别的程序，或一份一份查，discgen check -j 1 {target}"
        return TargetChecked(target, (process_lost("查", target.place, how_it_ended(self.code), instead),))
