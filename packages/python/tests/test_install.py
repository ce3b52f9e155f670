"""The wheel: what is in it, and that it works however it is installed."""

import ast
import os
import subprocess
import sys
import zipfile

import pytest

from kit import DIST, ROOT, VERSION, bare_environment, pip, run

SOURCES = sorted((ROOT / "packages/python/src/ticketbooth").glob("*.py"))
USE = """
import sys, ticketbooth
with ticketbooth.Ticketbooth() as emulator, emulator.sandbox() as sandbox:
    print(ticketbooth.find_binary(), emulator.version, len(sandbox.alibaba.access_key_id))
"""


@pytest.fixture(scope="session")
def wheel():
    (wheel,) = DIST.glob(f"ticketbooth-{VERSION}-*_x86_64.whl")
    return wheel


@pytest.fixture
def clean(monkeypatch):
    """The environment of a process that knows nothing of this run."""
    for name in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"):
        monkeypatch.delenv(name, raising=False)


def test_the_wheel_has_everything_and_says_where_it_runs(wheel):
    assert wheel.name.endswith("-py3-none-manylinux_2_17_x86_64.musllinux_1_1_x86_64.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {entry.filename: entry.external_attr >> 16 for entry in archive.infolist()}
        info, program = f"ticketbooth-{VERSION}.dist-info", f"ticketbooth-{VERSION}.data/scripts/ticketbooth"
        assert {f"ticketbooth/{source.name}" for source in SOURCES} | {"ticketbooth/py.typed"} <= names.keys()
        assert names[program] == 0o100755, "without the type of the file pip drops that it can be executed"
        assert archive.read(program) == (DIST / "linux-x64/ticketbooth").read_bytes()
        assert b"ticketbooth=ticketbooth.pytest_plugin" in archive.read(f"{info}/entry_points.txt").replace(b" ", b"")
        assert archive.read(f"{info}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
        assert b'"bomFormat"' in archive.read(f"{info}/sboms/ticketbooth.cyclonedx.json")
        metadata = archive.read(f"{info}/METADATA").decode()
        assert "\nRequires-Python: >=3.9\n" in metadata and "\nRequires-Dist:" not in metadata
        tags = archive.read(f"{info}/WHEEL").decode()
        assert "Tag: py3-none-manylinux_2_17_x86_64\n" in tags and "Tag: py3-none-musllinux_1_1_x86_64\n" in tags


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_it_is_written_for_python_3_9(source):
    ast.parse(source.read_text("utf-8"), feature_version=(3, 9))


def used(python, **environment):
    """The program that was found, with an emulator of which a sandbox was made."""
    path, version, length = run(python, "-c", USE, env={**os.environ, **environment}).split()
    assert (version, length) == (VERSION, "25")
    return path


def test_an_empty_environment(clean, tmp_path):
    python = bare_environment(tmp_path / "it")
    pip(python, "ticketbooth")
    assert used(python) == str(tmp_path / "it/bin/ticketbooth")
    # As pipx has it: the command is a link to that of an environment.
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/ticketbooth").symlink_to(tmp_path / "it/bin/ticketbooth")
    assert run("ticketbooth", "--version", env={"PATH": str(tmp_path / "bin")}) == f"ticketbooth {VERSION}\n"


def test_a_target_folder(clean, tmp_path):
    python = bare_environment(tmp_path / "other")
    pip(python, "--target", tmp_path / "it", "ticketbooth")
    assert used(python, PYTHONPATH=str(tmp_path / "it")) == str(tmp_path / "it/bin/ticketbooth")


def test_a_prefix(clean, tmp_path):
    python = bare_environment(tmp_path / "other")
    pip(python, "--prefix", tmp_path / "it", "ticketbooth")
    (packages,) = (tmp_path / "it").glob("lib/python3*/*-packages")
    assert used(python, PYTHONPATH=str(packages)) == str(tmp_path / "it/bin/ticketbooth")


def test_a_user(clean, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONUSERBASE", str(tmp_path))
    monkeypatch.setenv("PIP_BREAK_SYSTEM_PACKAGES", "1")
    python = getattr(sys, "_base_executable", sys.executable)
    pip(python, "--user", "ticketbooth")
    assert used(python) == str(tmp_path / "bin/ticketbooth")


def test_a_program_that_is_missing_is_looked_for_in_places_that_are_named(clean, tmp_path):
    python = bare_environment(tmp_path / "it")
    pip(python, "ticketbooth")
    (tmp_path / "it/bin/ticketbooth").unlink()
    command = [python, "-c", "import ticketbooth; ticketbooth.find_binary()"]
    # Nobody's program may be found by chance.
    environment = {**os.environ, "PYTHONUSERBASE": str(tmp_path / "user")}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    for place in ("it/bin", "it/lib/python3.{}/site-packages/bin".format(sys.version_info[1]), "user/bin"):
        assert f"\n  {tmp_path}/{place}/ticketbooth\n" in done.stderr
    assert "install the package again with pip" in done.stderr
    named = subprocess.run(command, capture_output=True, text=True, env={**environment, "TICKETBOOTH_BINARY": "/no/where"})
    assert "\n  /no/where\nunset TICKETBOOTH_BINARY" in named.stderr


def test_its_types_are_complete():
    run(sys.executable, "-m", "mypy", "--strict", "--package", "ticketbooth", cwd=ROOT / "packages")
