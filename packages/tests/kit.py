"""What the tests of the packages share: the artifacts that `packages/build` made."""

import json
import os
import select
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DIST = ROOT / "dist"
# The static binary of this machine.
BINARY = DIST / "linux-x64" / "ticketbooth"
BUILT = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "packages"
VERSION = subprocess.run([ROOT / "packages/version"], capture_output=True, text=True, check=True).stdout.strip()
WORK = "a206f5f3-0000-4000-8000-e9b17c835b03"

# What is set around the tests must not change what they see.
for name in [*os.environ]:
    if name.startswith(("TICKETBOOTH_", "TENCENTCLOUD_", "ALIBABA_CLOUD_")) or name.lower().endswith("_proxy"):
        del os.environ[name]


def run(*command, **options):
    """The output of a command that succeeds; what it said is shown when it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    assert done.returncode == 0, f"{command} gave {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout


class Served:
    """An emulator behind a command that ends in the flags of `serve`: ready when this is made, ended with its stdin."""

    def __init__(self, *command, **options):
        pipe = subprocess.PIPE
        given = [*map(str, command), "--until-stdin-closes", "--output", "json"]
        self.process = subprocess.Popen(given, stdin=pipe, stdout=pipe, stderr=pipe, text=True, **options)
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read()
        self.ready = json.loads(line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.communicate(timeout=30)


def pip(python, *arguments, **options):
    """Installs into the environment of that Python, from what was downloaded before and from what was built."""
    here = ["--no-index", "--find-links", DIST, "--find-links", BUILT / "wheelhouse", "--no-compile"]
    quiet = ["--quiet", "--disable-pip-version-check", "--root-user-action", "ignore"]
    run(BUILT / "tools/bin/pip", "--python", python, "install", *quiet, *here, *arguments, **options)


def bare_environment(folder):
    """A Python environment with nothing in it, not even pip; its interpreter."""
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    return folder / "bin" / "python3"


def await_end(pid):
    """Returns once the process, which is no child of ours, has ended."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    with os.fdopen(process):
        waiting = select.poll()
        waiting.register(process, select.POLLIN)
        assert waiting.poll(30_000), f"the process {pid} goes on"


def check_signed_call(url, *around):
    """The emulator there is ready, and answers a signed call with a ticket; `around` is a command to ask by way of."""
    run(*around, BINARY, "wait", "--url", url, "--timeout", "2s")
    answer = json.loads(run(*around, BINARY, "call", "alibaba.CreateTicket", f"WorksId={WORK}", "--url", url))
    assert answer["Success"] is True, answer
