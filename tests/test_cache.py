"""What was kept comes back as it was, or not at all; nobody else can read it, and it never stands in the way."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.msgpack import Decoder, encode

from discgen.cache import RESULT, Cache, NoCache, cache_folder, cache_of_user
from discgen.files import UNFINISHED


def key(text: str) -> str:
    return sha256(text.encode()).hexdigest()


KEY = key("a")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "above" / "cache")


def files(cache: Cache) -> list[Path]:
    return [path for path in cache.folder.rglob("*") if path.is_file()]


def test_what_was_put_comes_back_in_another_process_too(cache: Cache) -> None:
    cache.put("unit", KEY, b"data")
    assert cache.get("unit", KEY) == b"data"
    assert Cache(cache.folder).get("unit", KEY) == b"data"
    cache.put("unit", KEY, b"")
    assert cache.get("unit", KEY) == b""


def test_kinds_and_keys_are_kept_apart(cache: Cache) -> None:
    cache.put("unit", KEY, b"data")
    assert cache.get("check", KEY) is None
    assert cache.get("unit", key("b")) is None


def test_looking_for_something_makes_no_folder(cache: Cache) -> None:
    assert cache.get("unit", KEY) is None
    assert not cache.folder.exists()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda data: data[:-1],
        lambda data: data + b"\0",
        lambda data: data[:-1] + b"b",
        lambda data: data.replace(b"discgen 1", b"discgen 0"),
    ],
    ids=["empty", "cut", "longer", "changed", "of another version"],
)
def test_a_file_that_is_not_as_it_was_written_is_a_miss_and_goes_away(cache: Cache, spoil: object) -> None:
    assert callable(spoil)
    cache.put("unit", KEY, b"data")
    [path] = files(cache)
    path.write_bytes(spoil(path.read_bytes()))
    assert cache.get("unit", KEY) is None
    assert not path.exists()


def test_a_file_under_anothers_name_is_a_miss(cache: Cache) -> None:
    cache.put("unit", KEY, b"data")
    cache.put("unit", key("b"), b"other")
    mine, other = (next(path for path in files(cache) if path.name[:8] == key(text)[2:10]) for text in "ab")
    mine.write_bytes(other.read_bytes())
    assert cache.get("unit", KEY) is None


def test_what_cannot_be_decoded_is_a_miss(cache: Cache) -> None:
    decode = Decoder(list[int]).decode
    for data, found in ((encode([1, 2]), [1, 2]), (encode(["a"]), None), (encode([1])[:-1], None), (b"", None)):
        cache.put("unit", KEY, data)
        assert cache.find("unit", KEY, decode) == found
    assert cache.find("unit", key("b"), decode) is None


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_nobody_else_can_read_what_is_kept(cache: Cache, mask: int) -> None:
    before = os.umask(mask)
    try:
        cache.put("unit", KEY, b"data")
    finally:
        os.umask(before)
    made = [cache.folder, *cache.folder.rglob("*")]
    assert [stat.S_IMODE(path.stat().st_mode) for path in made] == [0o700, 0o700, 0o600]


def test_a_folder_that_others_may_write_is_not_used(cache: Cache) -> None:
    cache.put("unit", KEY, b"data")
    cache.folder.chmod(0o777)
    again = Cache(cache.folder)
    assert again.get("unit", KEY) is None
    assert "别的用户也能写" in again.problem


def test_a_folder_of_another_user_is_not_used(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.put("unit", KEY, b"data")
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    again = Cache(cache.folder)
    assert again.get("unit", KEY) is None
    assert "是别的用户的" in again.problem


def test_where_nothing_can_be_kept_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/none/cache")):
        cache = Cache(folder)
        cache.put("unit", KEY, b"data")
        assert cache.get("unit", KEY) is None
        assert str(folder) in cache.problem


FULL = """
import resource, signal, sys
from pathlib import Path
from discgen.cache import Cache

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
cache = Cache(Path(sys.argv[1]))
cache.put("unit", sys.argv[2], b"x" * 2000)
print(cache.get("unit", sys.argv[2]), cache.problem)
"""


def test_a_full_disk_is_no_error_and_leaves_no_half_file(cache: Cache) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(cache.folder), KEY], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"None {cache.folder} 写不进去：超过了系统让写的大小\n"
    assert files(cache) == []


def used(cache: Cache, text: str, moment: float) -> None:
    """Let an object be one that was used last at a moment."""
    [path] = [path for path in files(cache) if path.name.startswith(key(text)[2:])]
    os.utime(path, (moment, moment))


def test_what_was_used_least_recently_goes_first(cache: Cache) -> None:
    for moment, text in enumerate("abcd"):
        cache.put("unit", key(text), b"x" * 900)
        used(cache, text, moment)
    assert cache.get("unit", key("a"))  # which makes it the one that was used last
    Cache(cache.folder, most=3000).trim()
    assert [text for text in "abcd" if cache.get("unit", key(text))] == ["a", "c", "d"]


def test_results_outlast_what_is_large(cache: Cache) -> None:
    for moment, text in enumerate("abcdefgh"):
        cache.put(f"{RESULT}build", key(text), b"small")
        cache.put("unit", key(text), b"x" * 900)
        for path in cache.folder.rglob(f"{key(text)[2:]}.*"):
            os.utime(path, (moment, moment))
    Cache(cache.folder, most=4000).trim()
    assert "".join(text for text in "abcdefgh" if cache.get(f"{RESULT}build", key(text))) == "abcdefgh"
    assert "".join(text for text in "abcdefgh" if cache.get("unit", key(text))) == "fgh"


def test_results_have_a_bound_too(cache: Cache) -> None:
    for text in "abcdefgh":
        cache.put(f"{RESULT}check", key(text), b"x" * 900)
    Cache(cache.folder, most=8000).trim()
    assert len(files(cache)) == 2


def test_the_bound_is_kept_while_much_is_put(cache: Cache) -> None:
    small = Cache(cache.folder, most=160_000)
    for number in range(500):
        small.put("unit", key(str(number)), bytes(1000))
    assert 100_000 < sum(path.stat().st_size for path in files(small)) < 250_000
    assert small.get("unit", key("499"))


def test_what_a_killed_run_left_goes_and_what_may_be_at_work_stays(cache: Cache) -> None:
    cache.put("unit", KEY, b"data")
    [path] = files(cache)
    old, young = (path.parent / UNFINISHED.replace("*", name) for name in ("old", "young"))
    for stray in (old, young):
        stray.write_bytes(b"da")
    os.utime(old, (0, 0))
    cache.trim()
    assert (old.exists(), young.exists()) == (False, True)
    assert cache.get("unit", KEY) == b"data"


TWO = """
import sys
from hashlib import sha256
from pathlib import Path
from discgen.cache import Cache

cache = Cache(Path(sys.argv[1]), most=20_000)
for round in range(300):
    for text in "abcdefgh":
        key = sha256(text.encode()).hexdigest()
        held = cache.get("unit", key)
        assert held in (None, text.encode() * 4000), held
        if held is None or round % 7 == 0:
            cache.put("unit", key, text.encode() * 4000)
    if round % 5 == 0:
        cache.trim()
assert not cache.problem, cache.problem
"""


def test_processes_that_put_get_and_trim_at_once_do_one_another_no_harm(cache: Cache) -> None:
    command = [sys.executable, "-c", TWO, str(cache.folder)]
    with subprocess.Popen(command) as one, subprocess.Popen(command) as other:
        assert (one.wait(), other.wait()) == (0, 0)


def test_no_cache_keeps_nothing() -> None:
    cache = NoCache()
    cache.put("unit", KEY, b"data")
    cache.trim()
    assert cache.get("unit", KEY) is None
    assert cache.problem == ""


def test_the_folder_is_the_users_own_or_the_one_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DISCGEN_CACHE", str(tmp_path / "named"))
    assert cache_folder() == tmp_path / "named"
    monkeypatch.delenv("DISCGEN_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder() == tmp_path / "xdg" / "discgen"


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("discgen.cache.cache_folder", lambda: Path("~/.cache/discgen"))
    assert isinstance(cache_of_user(), NoCache)
