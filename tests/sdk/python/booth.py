"""What the Python client scripts share: the emulator's address and keys, visits, and counting.

Nothing of a vendor's SDK is imported here; each script brings its own.
"""

import json
import os
import urllib.parse
import urllib.request
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

URL = os.environ["TICKETBOOTH_URL"]
ENDPOINT = os.environ["TICKETBOOTH_ENDPOINT"]
HOST, PORT = ENDPOINT.rsplit(":", 1)

TENCENT_KEYS = (os.environ["TICKETBOOTH_TENCENT_SECRET_ID"], os.environ["TICKETBOOTH_TENCENT_SECRET_KEY"])
ALIBABA_KEYS = (os.environ["TICKETBOOTH_ALIBABA_ACCESS_KEY_ID"], os.environ["TICKETBOOTH_ALIBABA_ACCESS_KEY_SECRET"])

PROJECT, PAGE = 117, 11520
CORPORATION, USER = "100022975249", "100024664626"
WORK = "a206f5f3-0000-4000-8000-e9b17c835b03"
QUICKBI_USER = "46e537466d5e4a3aa1b2c3d4e92704c8"

# Every character that some signing recipe treats in its own way.
AWKWARD = "湖南省 a+b&c=d/e%20~*!'()<>"

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def refusal_rows(vendor):
    """The table of refusals that all clients of a vendor are shown."""
    return json.loads((Path(__file__).parent.parent / "refusals" / f"{vendor}.json").read_text("utf-8"))


def tencent_link(token):
    query = {"authType": "strong", "projectId": PROJECT, "pageId": PAGE, "scope": "page", "token": token}
    return f"{URL}/page/embed?{urllib.parse.urlencode(query)}"


def alibaba_link(**ticket):
    """A link with either `accessTicket` or `accessToken`."""
    return f"{URL}/token3rd/dashboard/view/pc.htm?{urllib.parse.urlencode({'pageId': WORK, **ticket})}"


def same(got, expected, what):
    if got != expected:
        raise AssertionError(f"{what}: expected {expected!r}, got {got!r}")


def visit(link):
    with DIRECT.open(link, timeout=10) as page:
        return page.status, page.headers, page.read().decode("utf-8")


def admitted(link):
    """Opens a link and wants to see the report."""
    status, headers, page = visit(link)
    same((status, headers["x-ticketbooth-visit"], headers["x-ticketbooth-refusal"]), (200, "admitted", None), link)
    same('data-testid="embed-report"' in page, True, f"the report stands in {link}")


def turned_away(link, kind):
    """Opens a link and wants to be refused for this reason."""
    status, headers, page = visit(link)
    same((status, headers["x-ticketbooth-visit"], headers["x-ticketbooth-refusal"]), (200, "refused", kind), link)
    for mark in ('data-testid="embed-refusal"', f'data-kind="{kind}"'):
        same(mark in page, True, f"{mark} stands in {link}")


class Sandbox:
    """A world of one's own: its keys are known to nobody else, and its clock moves only when it is moved."""

    def __init__(self, **more):
        made = self._change("sandboxes", {"clock": "frozen", **more})
        self.id = made["id"]
        self.tencent_keys = (made["tencent"]["secret_id"], made["tencent"]["secret_key"])
        self.alibaba_keys = (made["alibaba"]["access_key_id"], made["alibaba"]["access_key_secret"])

    def advance(self, duration):
        """Moves the clock, and returns what became of tickets."""
        moved = self._change(f"clock?sandbox={self.id}", {"advance": duration})
        return [(change["ticket"], change["became"]) for change in moved["transitions"]]

    def rule(self, rule):
        """Puts a rule in force."""
        self._change(f"rules?sandbox={self.id}", rule)

    def tickets(self):
        """How many tickets there are."""
        with DIRECT.open(f"{URL}/_ticketbooth/tickets?sandbox={self.id}", timeout=10) as answer:
            return json.load(answer)["total"]

    @staticmethod
    def _change(path, body):
        headers = {"content-type": "application/json"}
        request = urllib.request.Request(f"{URL}/_ticketbooth/{path}", json.dumps(body).encode(), headers)
        with DIRECT.open(request, timeout=10) as answer:
            return json.load(answer)


def faults(client, vendor, create):
    """Every fault that a rule can do, and what the SDK makes of it.

    `create` gets a sandbox and makes one call that issues a ticket, or raises what the SDK raises. What is
    expected stands in a table; with BLESS set the table is written instead.
    """
    folder = Path(__file__).parent.parent / "faults"
    rows = json.loads((folder / "faults.json").read_text("utf-8"))
    table = folder / f"{client.name}.json"
    expected = json.loads(table.read_text("utf-8")) if table.exists() else {}
    got = {}
    for name, then in rows["rows"].items():
        sandbox = Sandbox()
        then = {key: rows["codes"][vendor] if value == "$code" else value for key, value in then.items()}
        sandbox.rule({"id": "fault", "on": rows["on"][vendor], "then": then or "proceed"})
        client.calls += 1
        try:
            seen = create(sandbox)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what a user of the SDK gets
            code = getattr(error, "code", None)
            seen = type(error).__name__ + (f" {code}" if isinstance(code, (str, int)) else "")
        got[name] = f"{seen}; {sandbox.tickets()} issued"
    if os.environ.get("BLESS"):
        table.write_text(json.dumps(got, indent=2, ensure_ascii=False) + "\n", "utf-8")
        return
    for name in rows["rows"]:
        same(got[name], expected.get(name), f"{name} as {client.name} sees it")


class Refusal(NamedTuple):
    """What an SDK's exception says. A field that its type lacks is None."""

    code: str
    message: str
    request_id: str
    status: int | None = None


class Client:
    """One SDK under test: counts its calls and reads its exceptions."""

    def __init__(self, name, package, exception, read):
        self.name, self.package = name, package
        self.exception, self.read = exception, read
        self.calls = self.refusals = 0

    def call(self, send, *args):
        self.calls += 1
        return send(*args)

    def refused(self, send, *args, code, message=None, status=None):
        """Makes a call that has to fail with this code; a message or status that is None is not compared."""
        self.calls += 1
        try:
            answer = send(*args)
        except self.exception as error:
            got = self.read(error)
        else:
            raise AssertionError(f"{code} was expected of {args}, got the answer {answer!r}")
        same(got.code, code, f"code of {args} ({got.message})")
        same(bool(got.message and got.request_id), True, f"{got} has a message and a request id")
        if message is not None:
            same(got.message, message, f"message of {code}")
        if status is not None and got.status is not None:
            same(got.status, status, f"status of {code}")
        self.refusals += 1
        return got

    def report(self):
        """The one line that `run` collects."""
        version = metadata.version(self.package)
        print(json.dumps({"client": self.name, "version": version, "calls": self.calls, "refusals": self.refusals}))
