"""The emulator as an object of Python."""

import signal
import subprocess
import sys

import pytest
from ticketbooth import AdminError, StartError, Ticketbooth

from kit import VERSION, await_end


@pytest.fixture(scope="module")
def emulator():
    with Ticketbooth() as emulator:
        yield emulator


def test_it_ends_with_the_block(emulator):
    with Ticketbooth() as other:
        assert other.version == VERSION and other.url != emulator.url
        with Ticketbooth.join(other.url) as joined:
            assert joined.endpoint == other.endpoint
        assert other.ask("GET", "health")["status"] == "ok", "who joined does not end it"
    with pytest.raises(StartError, match="no emulator answers at"):
        Ticketbooth.join(other.url)


def test_it_ends_with_a_process_that_is_killed():
    program = (
        "import ticketbooth; emulator = ticketbooth.Ticketbooth().start();"
        "print(emulator._process.pid, flush=True); input()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", program], stdin=pipe, stdout=pipe, text=True) as process:
        pid = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
    await_end(pid)


def test_what_keeps_it_from_starting_is_told():
    with pytest.raises(StartError) as told:
        Ticketbooth("--world", "no-such-file").start()
    assert "exit code 2" in str(told.value) and "cannot read no-such-file" in str(told.value)
    with pytest.raises(StartError, match="write http://HOST:PORT"):
        Ticketbooth.join("127.0.0.1:4240")


def test_a_refusal_says_what_to_do(emulator):
    with emulator.sandbox() as sandbox:
        with pytest.raises(AdminError) as told:
            sandbox.rule({"on": "alibaba.CreateTiket", "then": {"error": "Throttling.User"}})
        assert told.value.status == 422 and told.value.kind == "bad_rule"
        assert 'did you mean "alibaba.CreateTicket"?' in str(told.value)


def test_a_token_is_sent(monkeypatch):
    with Ticketbooth("--admin-token", "secret") as closed:
        with pytest.raises(AdminError) as told:
            closed.sandbox()
        assert told.value.status == 401
        assert Ticketbooth.join(closed.url, token="secret").sandbox().id
        monkeypatch.setenv("TICKETBOOTH_ADMIN_TOKEN", "secret")
        assert Ticketbooth.join(closed.url).sandbox().id


def test_the_parts_of_a_sandbox(emulator):
    scenario = "ticketbooth: 1\nname: busy\nrules: [{ on: tencent.*, then: { error: RequestLimitExceeded } }]\n"
    with emulator.sandbox(name="mine", seed=7, clock="frozen@2026-01-05T00:00:00Z", scenario=scenario) as sandbox:
        assert sandbox.id == "mine" and sandbox.ask("GET", "rules")["total"] == 1
        sandbox.rule("{ id: by-yaml, on: alibaba.*, then: { error: Throttling.User } }")
        assert sandbox.ask("GET", "rules/by-yaml")["hits"] == 0
        sandbox.clock.set("2026-01-06T00:00:00Z")
        sandbox.clock.resume()
        sandbox.clock.freeze()
        assert sandbox.clock.now.startswith("2026-01-06T00:00:0")
        with pytest.raises(AdminError):
            sandbox.clock.set("2026-01-05T00:00:00Z")
        sandbox.clock.set("2026-01-05T00:00:00Z", allow_backwards=True)
        sandbox.reset("rules", "clock")
        assert sandbox.ask("GET", "rules")["total"] == 1 and sandbox.clock.now == "2026-01-05T00:00:00Z"
        assert sandbox.tickets() == sandbox.journal() == [] and sandbox.report() == "no call came"
        with pytest.raises(ValueError, match="is no embed page"):
            sandbox.visit("/nowhere")
        assert sandbox.visit("/page/embed?projectId=117").refusal == "no-ticket"
    with pytest.raises(AdminError):
        sandbox.clock.freeze()
