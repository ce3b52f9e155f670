"""Fixtures for pytest: an emulator for the session, and a sandbox for each test that asks for one."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Iterator

import pytest

if TYPE_CHECKING:
    from .client import Sandbox, Ticketbooth

_SANDBOX = pytest.StashKey["Sandbox"]()
_SERVER = pytest.StashKey["Ticketbooth"]()

# What would lead a client elsewhere, or to other credentials, when the keys of a sandbox stand in the environment.
_RIVALS = (
    "TENCENTCLOUD_TOKEN",
    "TENCENTCLOUD_ROLE_ARN",
    "TENCENTCLOUD_ROLE_SESSION_NAME",
    "ALIBABA_CLOUD_SECURITY_TOKEN",
    "ALIBABA_CLOUD_PROFILE",
    "ALIBABA_CLOUD_ROLE_ARN",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options of the group `ticketbooth`."""
    group = parser.getgroup("ticketbooth", "Ticketbooth, an emulator of Alibaba Quick BI and Tencent Cloud BI")
    group.addoption(
        "--ticketbooth-flags", default="", metavar="FLAGS", help="flags for `ticketbooth serve`, as a shell splits them"
    )
    group.addoption("--ticketbooth-keep", action="store_true", help="keep the sandbox of every test in the emulator")


def pytest_configure(config: pytest.Config) -> None:
    """Registers the marker."""
    config.addinivalue_line(
        "markers",
        "ticketbooth(scenario, seed, clock, world, assume): what the sandbox of the test begins with, as the arguments "
        "of ticketbooth.Ticketbooth.sandbox; a pathlib.Path names a file",
    )


def pytest_report_header(config: pytest.Config) -> str:
    """Names the version, and the emulator that a run joins."""
    from . import __version__

    url = os.environ.get("TICKETBOOTH_URL")
    return f"ticketbooth: {__version__}, " + (f"joins {url}" if url else "starts when a test asks for it")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Puts the calls of a failed test, and why they were answered so, into its report."""
    outcome: Any = yield
    report = outcome.get_result()
    sandbox = item.stash.get(_SANDBOX, None)
    if sandbox is None or not report.failed or report.when == "teardown":
        return
    try:
        told = sandbox.report()
    except Exception as error:  # noqa: BLE001 - the failure of the test must be seen, whatever becomes of the emulator
        told = f"the emulator does not tell: {error}"
    server = item.config.stash[_SERVER]
    report.sections.append((f"Ticketbooth {server.version} at {server.url}, sandbox {sandbox.id}", told))
    item.stash[_FAILED] = True


_FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def ticketbooth_flags(pytestconfig: pytest.Config) -> list[str]:
    """Flags of the emulator that the session starts; override it in conftest.py, as `return ["--auth", "presence"]`."""
    import shlex

    return shlex.split(pytestconfig.getoption("--ticketbooth-flags"))


@pytest.fixture(scope="session")
def ticketbooth_server(pytestconfig: pytest.Config, ticketbooth_flags: list[str]) -> Iterator[Ticketbooth]:
    """The emulator: the one at TICKETBOOTH_URL where that is set, else one that the session (each xdist worker) starts."""
    from .client import Ticketbooth

    url = os.environ.get("TICKETBOOTH_URL")
    with Ticketbooth.join(url) if url else Ticketbooth(*ticketbooth_flags) as server:
        pytestconfig.stash[_SERVER] = server
        yield server


@pytest.fixture
def ticketbooth(request: pytest.FixtureRequest, ticketbooth_server: Ticketbooth) -> Iterator[Sandbox]:
    """A sandbox of this test alone: keys, tickets, clock, rules and journal; see ticketbooth.Sandbox.

    `@pytest.mark.ticketbooth(clock="frozen")` and the like say what it begins with. A test that fails has its calls in
    its report, each with what was wrong.
    """
    from pathlib import Path

    from .client import AdminError

    wishes: dict[str, Any] = {}
    for mark in reversed(list(request.node.iter_markers("ticketbooth"))):
        wishes.update(mark.kwargs)
    for name, value in wishes.items():
        if isinstance(value, Path):
            wishes[name] = value.read_text("utf-8")
    file, line, _ = request.node.location
    origin = {"test": request.node.nodeid, "file": file, "line": (line or 0) + 1}
    sandbox = ticketbooth_server.sandbox(origin=origin, **wishes)
    request.node.stash[_SANDBOX] = sandbox
    yield sandbox
    # Nobody looks into an emulator after a run in CI; outside, that of a failed test is there for the console.
    is_wanted = request.node.stash.get(_FAILED, False) and not os.environ.get("CI")
    if not is_wanted and not request.config.getoption("--ticketbooth-keep"):
        try:
            sandbox.remove()
        except AdminError as error:
            # The test has removed it by itself.
            if error.kind != "unknown_sandbox":
                raise


@pytest.fixture
def ticketbooth_env(ticketbooth: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """The sandbox of this test, with its address and its keys in os.environ, under the names that the SDKs read."""
    for name in _RIVALS:
        monkeypatch.delenv(name, raising=False)
    for name, value in ticketbooth.environment.items():
        monkeypatch.setenv(name, value)
    return ticketbooth


@pytest.fixture(scope="session")
def ticketbooth_intercept(
    ticketbooth_server: Ticketbooth, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ticketbooth]:
    """The emulator, with the calls of this process to the vendors' own hosts led to it, https included.

    Proxy and roots are set in the environment, which programs that tests start have too, and certifi is pointed at the
    emulator's root. Every other host is refused. Clients still need the keys of a sandbox.
    """
    import importlib.util

    folder = tmp_path_factory.mktemp("ticketbooth")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in _intercepting(ticketbooth_server.url, str(folder)).items():
            patch.setenv(name, value)
        # Where certifi is there already, the shim points it at the bundle; else once it is imported.
        for module in filter(None, map(sys.modules.get, ("certifi", "certifi.core"))):
            for name in ("where", "contents"):
                if hasattr(module, name):
                    patch.setattr(module, name, getattr(module, name))
        patch.setattr(sys, "meta_path", list(sys.meta_path))
        shim = importlib.util.spec_from_file_location("_ticketbooth_shim", folder / "python" / "sitecustomize.py")
        assert shim is not None and shim.loader is not None
        shim.loader.exec_module(importlib.util.module_from_spec(shim))
        # Copies that requests took when it was imported.
        for module in filter(None, map(sys.modules.get, ("requests.utils", "requests.adapters"))):
            if hasattr(module, "DEFAULT_CA_BUNDLE_PATH"):
                patch.setattr(module, "DEFAULT_CA_BUNDLE_PATH", str(folder / "bundle.pem"))
        yield ticketbooth_server


def _intercepting(url: str, folder: str) -> dict[str, str]:
    """Writes the emulator's roots into the folder, and returns the variables of `exec --intercept`, without any keys."""
    import json
    import subprocess

    from . import find_binary

    def run(*arguments: str) -> str:
        done = subprocess.run([find_binary(), *arguments, "--url", url], capture_output=True, text=True, timeout=30)
        if done.returncode:
            pytest.fail(f"{url} cannot take calls to the vendors' hosts: {done.stderr.strip()}", pytrace=False)
        return done.stdout

    run("trust", "--to", folder)
    leading = json.loads(run("env", "--json", "--intercept", "--trust-dir", folder))
    keys = json.loads(run("env", "--json"))
    return {name: value for name, value in leading.items() if name not in keys}
