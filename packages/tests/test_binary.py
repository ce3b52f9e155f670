"""The static binary: it needs nothing, and two builds of one commit are the same."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kit import BINARY, ROOT, Served, check_signed_call, run


def test_it_is_static():
    told = subprocess.run(["ldd", BINARY], capture_output=True, text=True)
    assert "statically linked" in told.stdout + told.stderr
    dynamic = run("readelf", "--dynamic", "--program-headers", BINARY)
    for forbidden in ("(NEEDED)", "(RPATH)", "(RUNPATH)", "INTERP"):
        assert forbidden not in dynamic


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may chroot")
def test_it_answers_in_an_empty_root_as_somebody_else(tmp_path):
    shutil.copy(BINARY, tmp_path / "ticketbooth")
    tmp_path.chmod(0o755)
    inside = ["chroot", "--userspec=65532:65532", tmp_path, "/ticketbooth"]
    with Served(*inside, "serve", "--listen", "127.0.0.1:0", "--tls") as served:
        status = Path(f"/proc/{served.process.pid}/status").read_text()
        assert re.search(r"^Uid:\t65532\t", status, re.MULTILINE)
        check_signed_call(served.ready["http"])
        run(*inside, "wait", "--url", served.ready["http"])


def test_it_says_the_version_of_all_packages():
    assert run(BINARY, "--version") == f"ticketbooth {run(ROOT / 'packages/version').strip()}\n"


def test_a_place_that_says_another_version_is_named(tmp_path):
    shutil.copytree(ROOT / "packages", tmp_path / "packages", ignore=shutil.ignore_patterns("tests", "target"), symlinks=True)
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    for file in ("Cargo.toml", "README.md"):
        shutil.copy(ROOT / file, tmp_path)
    assert run(tmp_path / "packages/version") == run(ROOT / "packages/version")
    manifest = tmp_path / "packages/node/platforms/linux-x64/package.json"
    manifest.write_text(manifest.read_text().replace('"version": "', '"version": "9'))
    done = subprocess.run([tmp_path / "packages/version"], capture_output=True, text=True)
    assert done.returncode == 1 and "packages/node/platforms/linux-x64/package.json says 9" in done.stderr


def test_it_has_no_path_of_the_machine_that_built_it():
    data = BINARY.read_bytes()
    for path in (ROOT, os.environ.get("CARGO_HOME", os.path.expanduser("~/.cargo"))):
        assert f"{path}/".encode() not in data


def test_it_is_no_larger_than_it_may_be():
    rows = dict(line.split() for line in (ROOT / "packages/sizes").read_text().splitlines() if line[0] != "#")
    profile = os.environ.get("PROFILE", "release")
    assert BINARY.stat().st_size <= int(rows[profile]), f"packages/sizes has the bound of {profile}"


def test_two_builds_of_one_commit_are_the_same_bytes(tmp_path):
    """Each package made twice from one binary; docs/reliability.md says when the binary itself was built twice."""
    parts = ["binary", "python", "node", "image"]
    sums = []
    for name in ("first", "second"):
        environment = {**os.environ, "DIST": str(tmp_path / name)}
        run(ROOT / "packages/build", *parts, env=environment)
        sums.append((tmp_path / name / "SHA256SUMS").read_text())
    assert sums[0] == sums[1]
    assert len(sums[0].splitlines()) > 8, sums[0]
