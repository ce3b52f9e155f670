"""The emulator as an object: started or joined, with sandboxes that tests use through its admin API.

Durations and times are texts, as the emulator reads them: `"241m"`, `"10 days"`, `"2026-01-05T08:00:00+08:00"`.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import tempfile
import threading
from typing import IO, Any, Mapping, NamedTuple, Sequence
from urllib.parse import quote, urlencode, urlsplit

from ._binary import find_binary

_START_SECONDS = 10
_STOP_SECONDS = 6
_ANSWER_SECONDS = 60


class StartError(RuntimeError):
    """The emulator did not come up, or nobody answers at the address of one to join."""


class AdminError(RuntimeError):
    """The admin API refused: `status` is that of HTTP, `kind` a word of the API, and the text says what to do."""

    def __init__(self, status: int, kind: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind


class TencentKey(NamedTuple):
    """A key pair for a client of Tencent Cloud."""

    secret_id: str
    secret_key: str


class AlibabaKey(NamedTuple):
    """A key pair for a client of Alibaba Cloud."""

    access_key_id: str
    access_key_secret: str


class Visit(NamedTuple):
    """What a browser was shown at an embed link."""

    admitted: bool
    refusal: str | None
    """Why the page did not open: `expired`, `used-up`, `revoked` and so on; None where it did."""
    request_id: str
    text: str
    """The page, as HTML."""


class Ticketbooth:
    """An emulator, as a context manager: started on a free port, and ended with the block or with this process.

    `flags` are those of `ticketbooth serve`. The emulator is also a proxy for the vendors' hosts, so that
    `ticketbooth_intercept` can lead calls to it.
    """

    url: str
    """Its address, `http://127.0.0.1:PORT`."""
    version: str
    """Its version."""

    def __init__(self, *flags: str) -> None:
        self._flags = flags
        self._token = os.environ.get("TICKETBOOTH_ADMIN_TOKEN")
        self._process: subprocess.Popen[str] | None = None

    @classmethod
    def join(cls, url: str, token: str | None = None) -> Ticketbooth:
        """Returns the emulator that runs at `url`, which goes on when the block ends.

        `token` is that of its admin API, `TICKETBOOTH_ADMIN_TOKEN` when left out. Raises `StartError` when nobody answers.
        """
        joined = cls()
        joined.url = url.rstrip("/")
        joined._token = token or joined._token
        if urlsplit(joined.url).scheme != "http" or not urlsplit(joined.url).netloc:
            raise StartError(f"{url!r} is no address of an emulator: write http://HOST:PORT, as the ready line does")
        try:
            joined.version = joined.ask("GET", "ready")["version"]
        except OSError as error:
            raise StartError(f"no emulator answers at {url}: {error}; start one, or unset TICKETBOOTH_URL") from error
        return joined

    @property
    def endpoint(self) -> str:
        """`host:port`, as SDKs take it."""
        return urlsplit(self.url).netloc

    def start(self) -> Ticketbooth:
        """Starts the emulator, and returns when it takes calls; `with` does the same."""
        with tempfile.TemporaryFile() as log:
            self._process = process = self._spawn(log)
            assert process.stdout is not None
            # What does not come up in time is killed, which ends the line that is waited for.
            timer = threading.Timer(_START_SECONDS, process.kill)
            timer.start()
            line = process.stdout.readline()
            timer.cancel()
            if not line:
                code = process.wait()
                self.close()
                log.seek(0)
                told = log.read().decode(errors="replace").splitlines()[-20:]
                raise StartError("\n".join([f"the emulator did not come up (exit code {code}):", *told]))
        ready = json.loads(line)
        self.url, self.version = ready["http"], ready["version"]
        return self

    def _spawn(self, log: IO[bytes]) -> subprocess.Popen[str]:
        own = {"TICKETBOOTH_LISTEN": "127.0.0.1:0", "TICKETBOOTH_PROXY": "true"}
        environment = {**os.environ, **own, "TICKETBOOTH_LOG": os.environ.get("TICKETBOOTH_LOG", "warn")}
        environment.pop("TICKETBOOTH_READY_FILE", None)
        # It ends with its stdin, and so with this process, however that ends.
        command = [find_binary(), "serve", "--until-stdin-closes", "--output", "json", *self._flags]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=log, text=True)

    def close(self) -> None:
        """Ends the emulator if this object started it."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def __enter__(self) -> Ticketbooth:
        return self.start() if self._process is None and not hasattr(self, "url") else self

    def __exit__(self, *_: object) -> None:
        self.close()

    def sandbox(
        self,
        *,
        name: str | None = None,
        world: Mapping[str, Any] | str | None = None,
        scenario: Mapping[str, Any] | str | None = None,
        seed: int | None = None,
        clock: str | None = None,
        assume: Mapping[str, str] | None = None,
        origin: Mapping[str, Any] | None = None,
    ) -> Sandbox:
        """Makes a sandbox: keys, tickets, clock, rules and journal that nobody else sees.

        `world` and `scenario` are the files themselves, as text or as data; `clock` is `running` or `frozen`, each with
        `@` and a time behind it or not; `assume` holds choices by the names of assumptions; `origin` names the test.
        """
        wishes = dict(name=name, world=world, scenario=scenario, seed=seed, clock=clock, assume=assume, origin=origin)
        body = {key: value for key, value in wishes.items() if value is not None}
        return Sandbox(self, self.ask("POST", "sandboxes", body))

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """Asks the admin API, and returns its answer: data, or a text where it answers with one.

        `path` stands behind `/_ticketbooth/`; a `body` that is a text is sent as YAML. Raises `AdminError`.
        """
        headers = {"accept": "application/json"}
        if self._token:
            headers["authorization"] = f"Bearer {self._token}"
        if method != "GET":
            headers["content-type"] = "application/yaml" if isinstance(body, str) else "application/json"
        data = body if isinstance(body, str) else None if body is None else json.dumps(body)
        target = f"/_ticketbooth/{path}" + (f"?{urlencode(query)}" if query else "")
        status, received, text = self._send(method, target, data, headers)
        is_data = received.get("content-type", "").startswith("application/json")
        answer = json.loads(text) if is_data and text else text
        if status < 400:
            return answer
        error = answer.get("error", {}) if isinstance(answer, dict) else {}
        told = [error.get("message", text), error.get("hint")]
        raise AdminError(status, error.get("kind", ""), "\n".join(part for part in told if part))

    def _send(
        self, method: str, target: str, data: str | None, headers: Mapping[str, str]
    ) -> tuple[int, http.client.HTTPMessage, str]:
        # Variables that name a proxy have no say in this.
        connection = http.client.HTTPConnection(self.endpoint, timeout=_ANSWER_SECONDS)
        try:
            connection.request(method, target, None if data is None else data.encode(), dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            connection.close()


class Clock:
    """The clock of a sandbox's world; each move returns what `POST /_ticketbooth/clock` answers."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    @property
    def now(self) -> str:
        """The time that it shows, in UTC, as RFC 3339 writes it."""
        now: str = self._sandbox.ask("GET", "clock")["now"]
        return now

    def advance(self, duration: str) -> dict[str, Any]:
        """Moves it forward; tickets whose end is passed have ended then."""
        return self._move(advance=duration)

    def set(self, time: str, *, allow_backwards: bool = False) -> dict[str, Any]:
        """Sets it to a time."""
        return self._move(set=time, allow_backwards=allow_backwards)

    def freeze(self) -> dict[str, Any]:
        """Lets it stand still until it is moved."""
        return self._move(freeze=True)

    def resume(self) -> dict[str, Any]:
        """Lets it go on."""
        return self._move(resume=True)

    def _move(self, **move: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self._sandbox.ask("POST", "clock", move)
        return answer


class Sandbox:
    """A world of a test's own: keys, tickets, clock, rules and journal. As a context manager it is removed at the end."""

    def __init__(self, emulator: Ticketbooth, made: Mapping[str, Any]) -> None:
        self.emulator = emulator
        self.id: str = made["id"]
        self.keys: list[dict[str, str]] = made["keys"]
        """Every key: `vendor`, `id`, `secret`, and `stands_for`, the key of the world in whose place it is."""
        self.clock = Clock(self)
        self._made = made

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    @property
    def url(self) -> str:
        """The address of the emulator, `http://host:port`."""
        return self.emulator.url

    @property
    def endpoint(self) -> str:
        """`host:port`, as SDKs take it."""
        return self.emulator.endpoint

    @property
    def tencent(self) -> TencentKey:
        """The key for a client of Tencent Cloud."""
        return TencentKey(**self._made["tencent"])

    @property
    def alibaba(self) -> AlibabaKey:
        """The key for a client of Alibaba Cloud."""
        return AlibabaKey(**self._made["alibaba"])

    @property
    def environment(self) -> dict[str, str]:
        """Address and keys under our names and those that the vendors' clients read."""
        variables = {
            "TICKETBOOTH_URL": self.url,
            "TICKETBOOTH_ENDPOINT": self.endpoint,
            "TICKETBOOTH_SANDBOX": self.id,
        }
        names = {"tencent": "TENCENTCLOUD", "alibaba": "ALIBABA_CLOUD"}
        for vendor, prefix in names.items():
            for field, value in (self._made.get(vendor) or {}).items():
                variables[f"TICKETBOOTH_{vendor}_{field}".upper()] = value
                variables[f"{prefix}_{field}".upper()] = value
        return variables

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """Asks the admin API about this sandbox, as `Ticketbooth.ask` does."""
        return self.emulator.ask(method, path, body, sandbox=self.id, **query)

    def rule(self, rule: Mapping[str, Any] | str) -> dict[str, Any]:
        """Puts a rule behind the others; a text is YAML, as in a scenario file."""
        answer: dict[str, Any] = self.ask("POST", "rules", rule)
        return answer

    def verify(
        self,
        *,
        on: str | None = None,
        exactly: int | None = None,
        at_least: int | None = None,
        at_most: int | None = None,
        where: Mapping[str, Any] | None = None,
        code: str | None = None,
        outcome: str | None = None,
        order: Sequence[Mapping[str, Any]] | None = None,
        within: str | None = None,
    ) -> list[str]:
        """Sees that the expected calls were made, and returns the request ids of those that fit.

        Without a number of calls it is one at least; `exactly=0` is never. Raises `AssertionError` with what came instead.
        """
        __tracebackhide__ = True  # pytest then shows the line that asked.
        counts = {"exactly": exactly, "at_least": at_least, "at_most": at_most}
        calls = {name: count for name, count in counts.items() if count is not None} or None
        wishes = dict(on=on, calls=calls, where=where, code=code, outcome=outcome, order=order, within=within)
        finding = self.ask("POST", "verify", {key: value for key, value in wishes.items() if value is not None})
        if finding["verdict"] != "pass":
            raise AssertionError(f"{finding['verdict']}: {finding['message']}")
        evidence: list[str] = finding["evidence"]
        return evidence

    def visit(self, link: str) -> Visit:
        """Opens an embed link as a browser does, which takes a use of its ticket.

        `link` is a URL, its path and query, or the ticket alone, whose link the emulator knows.
        """
        if "/" not in link:
            link = self.ask("GET", f"tickets/{quote(link, safe='')}")["link"]
        parts = urlsplit(link)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        status, headers, text = self.emulator._send("GET", target, None, {"accept": "text/html"})
        verdict = headers.get("x-ticketbooth-visit")
        if verdict is None:
            raise ValueError(f"{link} is no embed page: HTTP {status}; give the whole link, as the browser gets it")
        refusal = headers.get("x-ticketbooth-refusal")
        return Visit(verdict == "admitted", refusal, headers.get("x-ticketbooth-request", ""), text)

    def journal(self, **query: Any) -> list[dict[str, Any]]:
        """Lists the calls, newest first; `query` is that of `GET /_ticketbooth/journal`, as `code="Throttling.User"`."""
        entries: list[dict[str, Any]] = self.ask("GET", "journal", **query)["entries"]
        return entries

    def tickets(self, **query: Any) -> list[dict[str, Any]]:
        """Lists the tickets, newest first; `query` is that of `GET /_ticketbooth/tickets`, as `status="live"`."""
        tickets: list[dict[str, Any]] = self.ask("GET", "tickets", **query)["tickets"]
        return tickets

    def explain(self) -> str:
        """Tells of each call that did not succeed what was wrong and what to change; empty where all succeeded."""
        text: str = self.ask("GET", "explain", format="text")
        return text

    def report(self) -> str:
        """Lists the calls, oldest first, and explains those that did not succeed: what a failed test shows."""
        entries = self.journal(limit=1000)
        lines = [
            f"{entry['vendor']}.{entry['action']}  {entry['code'] or entry['outcome']}  {entry['request_id']}"
            for entry in reversed(entries)
        ]
        return "\n".join([*(lines or ["no call came"]), "", self.explain()]).rstrip()

    def reset(self, *what: str) -> None:
        """Resets the sandbox, or the parts that are named: `tickets`, `clock`, `rules`, `journal` and so on."""
        self.ask("POST", "reset", {"what": list(what)} if what else {})

    def remove(self) -> None:
        """Removes the sandbox; its journal can still be read for a while."""
        self.emulator.ask("DELETE", f"sandboxes/{self.id}")
