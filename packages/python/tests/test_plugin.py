"""The plugin of pytest: each run is one of its own, with what a user would write."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from ticketbooth import Ticketbooth

from kit import ROOT, VERSION, await_end

SUITE = Path(__file__).parent / "suite/test_vendors.py"


@pytest.fixture(autouse=True)
def ci(monkeypatch):
    monkeypatch.setenv("CI", "true")


def suite(pytester, *arguments):
    # Where a user would have it, with nothing of ours around.
    shutil.copy(SUITE, pytester.path)
    return pytester.runpytest_subprocess(*arguments)


def test_the_suite_passes_with_the_sdks_of_both_vendors(pytester):
    result = suite(pytester, "-v")
    result.assert_outcomes(passed=6, skipped=2)
    result.stdout.fnmatch_lines([f"ticketbooth: {VERSION}, starts when a test asks for it"])


def test_four_workers_have_an_emulator_each_or_share_one(pytester, monkeypatch):
    suite(pytester, "-n", "4").assert_outcomes(passed=6, skipped=2)
    with Ticketbooth() as emulator:
        monkeypatch.setenv("TICKETBOOTH_URL", emulator.url)
        result = suite(pytester, "-n", "4")
        result.assert_outcomes(passed=6, skipped=2)
        listed = emulator.ask("GET", "sandboxes")
    assert [sandbox["id"] for sandbox in listed["sandboxes"]] == ["default"], "each test removes its own"
    assert len(listed["departed"]) == 6


def test_no_endpoint_is_needed_when_calls_are_intercepted(pytester, monkeypatch):
    monkeypatch.setenv("SUITE_IS_INTERCEPTED", "1")
    # What the process has already would lead past us.
    for name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, "/no/such/bundle.pem")
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    suite(pytester).assert_outcomes(passed=6, skipped=2)


@pytest.mark.parametrize("is_early", [True, False], ids=["requests is there already", "requests comes later"])
def test_a_client_that_asks_certifi_alone_is_intercepted(pytester, is_early):
    pytester.makepyfile(f"""
        import os
        {"import requests" if is_early else ""}

        def test_it(ticketbooth_intercept):
            import certifi, requests, ssl, urllib.request
            del os.environ["REQUESTS_CA_BUNDLE"], os.environ["CURL_CA_BUNDLE"]
            assert "ticketbooth" in certifi.contents().lower() or certifi.where().endswith("bundle.pem")
            url = "https://bi.tencentcloudapi.com/"
            assert "Response" in requests.post(url, data="{{}}").json()
            assert b"Response" in urllib.request.urlopen(url).read(), "OpenSSL takes the variable"
            try:
                requests.get("https://example.com/")
            except requests.exceptions.ProxyError:
                return
            raise AssertionError("nobody else is answered")
    """)
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_a_failure_tells_of_each_call_and_why(pytester, monkeypatch):
    monkeypatch.setenv("SUITE_FAILS", "1")
    result = suite(pytester, "-n", "2", "-k", "fails")
    result.assert_outcomes(failed=2)
    text = result.stdout.str()
    for call, code in ("alibaba.CreateTicket", "SignatureDoesNotMatch"), ("tencent.CreateEmbedToken", "AuthFailure.SignatureFailure"):
        assert re.search(rf"^{call}  success  \S+\n{call}  {code}  \S+\n\n{call} was refused: {code} .*\n  wrong   \S.*\n  change  \S", text, re.M), text
    assert re.search(rf"-+ Ticketbooth {VERSION} at http://127\.0\.0\.1:\d+, sandbox sandbox-\d+ -+\n", text)


def test_what_stays_in_an_emulator_after_a_run(pytester, monkeypatch):
    pytester.makepyfile("""
        def test_passes(ticketbooth): pass
        def test_fails(ticketbooth): assert False
    """)
    with Ticketbooth() as emulator:
        monkeypatch.setenv("TICKETBOOTH_URL", emulator.url)

        def stayed(*arguments):
            pytester.runpytest_subprocess(*arguments).assert_outcomes(passed=1, failed=1)
            listed = emulator.ask("GET", "sandboxes")["sandboxes"][1:]
            for sandbox in listed:
                emulator.ask("DELETE", f"sandboxes/{sandbox['id']}")
            return [sandbox["origin"] for sandbox in listed]

        file = "test_what_stays_in_an_emulator_after_a_run.py"
        failed = {"test": f"{file}::test_fails", "file": file, "line": 2}
        assert stayed() == [], "in CI nobody looks"
        monkeypatch.delenv("CI")
        assert stayed() == [failed], "for the console"
        assert len(stayed("--ticketbooth-keep")) == 2


def test_markers_and_flags_say_what_it_begins_with(pytester):
    pytester.makefile(".yaml", busy="""
        ticketbooth: 1
        name: busy
        rules: [{ id: busy, on: alibaba.*, then: { error: Throttling.User } }]
    """)
    pytester.makepyfile("""
        import pathlib, pytest
        pytestmark = pytest.mark.ticketbooth(clock="frozen@2026-01-05T00:00:00Z", seed=7)

        @pytest.mark.ticketbooth(scenario=pathlib.Path("busy.yaml"), clock="frozen@2026-01-06T00:00:00Z")
        def test_it(ticketbooth, ticketbooth_server):
            assert ticketbooth.clock.now == "2026-01-06T00:00:00Z"
            assert [rule["id"] for rule in ticketbooth.ask("GET", "rules")["rules"]] == ["busy"]
            assert ticketbooth_server.ask("GET", "info")["configuration"]["auth"] == "presence"
            (mine,) = ticketbooth_server.ask("GET", "info")["sandboxes"][1:]
            assert mine["seed"] == 7
    """)
    pytester.runpytest_subprocess("--strict-markers", "--ticketbooth-flags=--auth presence").assert_outcomes(passed=1)
    pytester.makeconftest("""
        import pytest

        @pytest.fixture(scope="session")
        def ticketbooth_flags():
            return ["--auth", "presence"]
    """)
    pytester.runpytest_subprocess("--strict-markers").assert_outcomes(passed=1)


def test_the_environment_has_the_keys_of_the_sandbox(pytester, monkeypatch):
    monkeypatch.setenv("TENCENTCLOUD_TOKEN", "of another account")
    pytester.makepyfile("""
        import json, os
        from urllib.parse import urlsplit

        def test_it(ticketbooth_env):
            assert os.environ["TENCENTCLOUD_SECRET_ID"] == ticketbooth_env.tencent.secret_id
            assert os.environ["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] == ticketbooth_env.alibaba.access_key_secret
            assert os.environ["TICKETBOOTH_ENDPOINT"] == urlsplit(os.environ["TICKETBOOTH_URL"]).netloc
            assert os.environ["TICKETBOOTH_SANDBOX"] == ticketbooth_env.id
            assert "TENCENTCLOUD_TOKEN" not in os.environ
            with open("names.json", "w") as file:
                json.dump([name for name in os.environ if name.startswith(("TICKETBOOTH", "TENCENT", "ALIBABA"))], file)

        def test_and_then_it_is_as_before():
            assert "TENCENTCLOUD_SECRET_ID" not in os.environ
            assert os.environ["TENCENTCLOUD_TOKEN"] == "of another account"
    """)
    pytester.runpytest_subprocess().assert_outcomes(passed=2)
    names = set(json.loads((pytester.path / "names.json").read_text()))
    from ticketbooth import find_binary
    told = json.loads(subprocess.run([find_binary(), "env", "--json"], capture_output=True, check=True).stdout)
    assert told.keys() == names - {"TICKETBOOTH_SANDBOX"}, "the names are those of `ticketbooth env`"


def test_nothing_starts_until_a_test_asks(pytester, monkeypatch):
    monkeypatch.setenv("TICKETBOOTH_BINARY", "/no/such/program")
    pytester.makepyfile("def test_it(): pass")
    pytester.runpytest_subprocess().assert_outcomes(passed=1)
    pytester.makepyfile("def test_it(ticketbooth): pass")
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*the program ticketbooth is in none of these places:", "*/no/such/program"])


def test_a_run_that_is_killed_leaves_no_process(pytester):
    pytester.makepyfile("""
        def test_it(ticketbooth_server):
            print(ticketbooth_server._process.pid, flush=True)
            input()
    """)
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-s"]
    with subprocess.Popen(command, cwd=pytester.path, stdin=pipe, stdout=pipe, text=True) as process:
        pid = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
    await_end(pid)


def test_importing_it_costs_nearly_nothing():
    """At most 5 ms of what every run of pytest pays; the best of some, as a machine may be busy."""

    def milliseconds():
        command = [sys.executable, "-X", "importtime", "-c", "import pytest, ticketbooth.pytest_plugin"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
        # Microseconds of the module itself, and of it with all that it imports.
        (cost,) = re.findall(r"^import time: +\d+ \| +(\d+) \| ticketbooth\.pytest_plugin$", told, re.MULTILINE)
        return int(cost) / 1000

    assert 0 < min(milliseconds() for _ in range(5)) < 5


def test_everything_has_a_docstring(pytester):
    result = pytester.runpytest_subprocess("--fixtures")
    for name in ("flags", "server", "env", "intercept"):
        result.stdout.re_match_lines([rf"ticketbooth_{name}\b.*", r"    \w.*"], consecutive=True)
    assert "no docstring available" not in result.stdout.str().split("fixtures defined from ticketbooth")[1]


def test_the_example_of_the_documents_passes_as_it_stands(pytester):
    page = (ROOT / "docs/python.md").read_text("utf-8")
    example = page.split("```python\n")[1].split("```")[0]
    pytester.makepyfile(test_embed=example)
    pytester.runpytest_subprocess().assert_outcomes(passed=1)
