"""Runs the snippets with the vendor's own host and https in them, under `exec --intercept` and `exec --isolate`.

`intercepted.py LANGUAGE` runs those of `go` or `java`; without an argument it runs those for which Python and Node do. What
is changed in each snippet is taken out wherever the vendor's address is its default, so nothing in it leads to an emulator.

Each client makes one call that is answered and two that are refused, whose error it has to read. Then it runs without the
variables by which it is said to trust us, and with each of them alone. `TICKETBOOTH_SDK_TABLE` names a file to which a line of
what was found is added for each; without it that last part is left out.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from booth import same
from snippets import BINARY, SNIPPETS, run, run_program

USUAL = "127.0.0.1:4240"
TENCENT = "bi.tencentcloudapi.com"
ALIBABA = "quickbi-public.cn-hangzhou.aliyuncs.com"


TABLE = os.environ.get("TICKETBOOTH_SDK_TABLE")


class Client(NamedTuple):
    snippet: str
    # What stands in the snippet, and what does in its place.
    edits: list
    # The variables by each of which it trusts us; none: it speaks plain HTTP.
    trusts: tuple
    # How its calls come under `exec --intercept`. Alibaba's clients for Node are led by the hook, so they come as if by
    # themselves.
    way: str = "tunnel"


PLAIN_PYTHON = (f'"{USUAL}"', f'"{ALIBABA}:80"')
PLAIN_GO = (f'request.Domain = "{USUAL}"', f'request.Domain = "{ALIBABA}"')
TENCENT_PYTHON = (f'HttpProfile(protocol="http", endpoint="{USUAL}")', "HttpProfile()")
ALIBABA_PYTHON = [(f'endpoint="{USUAL}"', f'endpoint="{ALIBABA}"'), ('    protocol="http",\n', "")]

CLIENTS = {
    "tencent-python": Client("tencent-python", [TENCENT_PYTHON], ("PYTHONPATH",)),
    "tencent-python, async": Client(
        "tencent-python",
        [
            TENCENT_PYTHON,
            ("import bi_client, models", "import bi_client_async as bi_client, models"),
            ("client.CreateEmbedToken(request).Data", "__import__('asyncio').run(client.CreateEmbedToken(request)).Data"),
        ],
        ("SSL_CERT_FILE",),
    ),
    "tencent-python, in code": Client(
        "tencent-python",
        [(TENCENT_PYTHON[0], 'HttpProfile(certification=__import__("os").environ["TICKETBOOTH_CA"])')],
        ("TICKETBOOTH_CA",),
    ),
    "tencent-node": Client(
        "tencent-node",
        [(f'  profile: {{ httpProfile: {{ endpoint: "{USUAL}", protocol: "http://" }} }},\n', "")],
        ("NODE_EXTRA_CA_CERTS",),
    ),
    "tccli": Client("tccli", [(f"--endpoint http://{USUAL} ", "")], ("PYTHONPATH",)),
    "tencent-go": Client(
        "tencent-go",
        [(f'\tcpf.HttpProfile.Endpoint = "{USUAL}"\n', ""), ('\tcpf.HttpProfile.Scheme = "HTTP"\n', "")],
        ("SSL_CERT_FILE",),
    ),
    "tencent-java": Client(
        "tencent-java",
        [(f'http.setEndpoint("{USUAL}");', ""), ('http.setProtocol("http://");', "")],
        ("JAVA_TOOL_OPTIONS",),
    ),
    "alibaba-python": Client("alibaba-python", ALIBABA_PYTHON, ("SSL_CERT_FILE", "PYTHONPATH")),
    "alibaba-python, async": Client(
        "alibaba-python",
        [
            *ALIBABA_PYTHON,
            ("client.create_ticket(request)", "__import__('asyncio').run(client.create_ticket_async(request))"),
        ],
        ("SSL_CERT_FILE", "PYTHONPATH"),
    ),
    "alibaba-python, in code": Client(
        "alibaba-python",
        [
            *ALIBABA_PYTHON,
            ('    region_id="cn-hangzhou",\n', '    region_id="cn-hangzhou",\n    ca=__import__("os").environ["TICKETBOOTH_CA"],\n'),
        ],
        ("TICKETBOOTH_CA",),
    ),
    # It speaks plain HTTP unless it is told otherwise.
    "alibaba-python-classic": Client("alibaba-python-classic", [PLAIN_PYTHON], (), "proxy"),
    "alibaba-python-classic, https": Client(
        "alibaba-python-classic",
        [
            (f'"{USUAL}"', f'"{ALIBABA}:443"'),
            ("request.set_endpoint(host)\n", 'request.set_endpoint(host)\nrequest.set_protocol_type("https")\n'),
        ],
        ("ALIBABA_CLOUD_CA_BUNDLE",),
    ),
    "alibaba-node": Client(
        "alibaba-node",
        [
            (f'endpoint: "{USUAL}"', f'endpoint: "{ALIBABA}"'),
            ('  protocol: "http",\n', ""),
            ('protocol: "HTTP"', 'protocol: "HTTPS"'),
        ],
        ("NODE_EXTRA_CA_CERTS",),
        "direct",
    ),
    "alibaba-pop-core": Client(
        "alibaba-pop-core",
        [(f'endpoint: "http://{USUAL}"', f'endpoint: "https://{ALIBABA}"')],
        ("NODE_EXTRA_CA_CERTS",),
        "direct",
    ),
    "alibaba-pop-core, in code": Client(
        "alibaba-pop-core",
        [
            (f'endpoint: "http://{USUAL}"', f'endpoint: "https://{ALIBABA}"'),
            (
                '  apiVersion: "2022-01-01",\n',
                '  apiVersion: "2022-01-01",\n  opts: { agent: new (require("https").Agent)({'
                ' ca: require("fs").readFileSync(process.env.TICKETBOOTH_CA) }) },\n',
            ),
        ],
        ("TICKETBOOTH_CA",),
        "direct",
    ),
    "alibaba-go": Client(
        "alibaba-go",
        [
            (f'Endpoint:        tea.String("{USUAL}")', f'Endpoint:        tea.String("{ALIBABA}")'),
            ('\t\tProtocol:        tea.String("http"),\n', ""),
            ('Protocol: tea.String("HTTP")', 'Protocol: tea.String("HTTPS")'),
        ],
        ("SSL_CERT_FILE",),
    ),
    "alibaba-go, in code": Client(
        "alibaba-go",
        [
            (f'Endpoint:        tea.String("{USUAL}")', f'Endpoint:        tea.String("{ALIBABA}")'),
            ('\t\tProtocol:        tea.String("http"),\n', ""),
            ('Protocol: tea.String("HTTP")', 'Protocol: tea.String("HTTPS")'),
            ('import (\n', 'import (\n\t"os"\n'),
            ("func main() {\n", 'func main() {\n\troot, _ := os.ReadFile(os.Getenv("TICKETBOOTH_CA"))\n'),
            ("&dara.RuntimeOptions{}", "&dara.RuntimeOptions{Ca: tea.String(string(root))}"),
        ],
        # An empty text is as good as none.
        ("TICKETBOOTH_CA", "SSL_CERT_FILE"),
    ),
    "alibaba-go-classic": Client("alibaba-go-classic", [PLAIN_GO], (), "proxy"),
    "alibaba-go-classic, https": Client(
        "alibaba-go-classic",
        [(PLAIN_GO[0], f'{PLAIN_GO[1]}\n\trequest.Scheme = "https"')],
        ("SSL_CERT_FILE",),
    ),
    "alibaba-java": Client(
        "alibaba-java",
        [
            (f'.setEndpoint("{USUAL}")', f'.setEndpoint("{ALIBABA}")'),
            ('            .setProtocol("http")\n', ""),
            ('.setProtocol("HTTP")', '.setProtocol("HTTPS")'),
        ],
        ("JAVA_TOOL_OPTIONS",),
    ),
    "alibaba-java-classic": Client(
        "alibaba-java-classic",
        [
            (f'request.setSysDomain("{USUAL}")', f'request.setSysDomain("{ALIBABA}")'),
            ("ProtocolType.HTTP)", "ProtocolType.HTTPS)"),
        ],
        ("JAVA_TOOL_OPTIONS",),
    ),
}

# Every variable by which some client trusts us.
TRUST = [
    "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "ALIBABA_CLOUD_CA_BUNDLE", "NODE_EXTRA_CA_CERTS",
    "PYTHONPATH", "JAVA_TOOL_OPTIONS", "TICKETBOOTH_CA",
]

# A change that makes the call one to be refused, the code that the journal then has, and what a client may print of it:
# some have the code in what they print, others the vendor's text alone.
REFUSED = {
    TENCENT: [
        ("localtestsecret00000000000000000", "notthesecret", "AuthFailure.SignatureFailure", []),
        ("11520", "999999", "InvalidParameter.Embed", []),
    ],
    ALIBABA: [
        (
            "localtestsecret000000000000000", "notthesecret", "SignatureDoesNotMatch",
            ["InvalidAccessKeySecret", "Specified signature does not match our calculation"],
        ),
        ("a206f5f3-0000-4000-8000-e9b17c835b03", "nothing-of-the-kind", "Report.NotExist.Error", ["This work does not exist"]),
    ],
}


def changed_snippet(client):
    command = [BINARY, "env", "--sdk", client.snippet, "--url", f"http://{USUAL}"]
    text = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stdout
    for there, instead in client.edits:
        same(text.count(there), 1, f"places of {there!r} in the snippet {client.snippet}")
        text = text.replace(there, instead)
    return text


def led(program, flag, *around):
    """Runs a program whose calls are led here: what it printed, what it said, and the calls in the journal."""
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder) / "journal.jsonl"
        printed, said = run_program(program, [BINARY, "exec", "--quiet", flag, "--journal", journal, "--", *around])
        lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()[1:]]
    return printed, said, [line["entry"] for line in lines if line.get("entry", {}).get("kind") == "call"]


def arrival(call):
    """How a call came, and for which host."""
    headers = {header["name"]: header["value"] for header in call["request"]["headers"]}
    return (call["arrival"]["via"], call["arrival"]["tls"]), headers["host"].removesuffix(":80").removesuffix(":443")


class Run:
    """One client in all its runs."""

    def __init__(self, name, way, folder):
        self.name, self.client = name, CLIENTS[name]
        self.host = ALIBABA if name.startswith("alibaba-") else TENCENT
        self.calls = self.refusals = 0
        self.isolates = is_isolation_allowed()
        text = changed_snippet(self.client)
        self.right = self.made(way, folder / "right", text)
        self.wrong = []
        for number, (there, instead, *expected) in enumerate(REFUSED[self.host]):
            same(there in text, True, f"{there!r} stands in the snippet of {name}")
            self.wrong.append((self.made(way, folder / f"wrong-{number}", text.replace(there, instead)), *expected))

    @staticmethod
    def made(way, folder, text):
        folder.mkdir()
        return way(folder, text)

    def came(self, call, flag):
        """Holds how a call came against what is said of the client."""
        is_tls = bool(self.client.trusts)
        by = "direct" if flag == "--isolate" else self.client.way
        by = f"tunnel {self.host}" if by == "tunnel" else by
        same(arrival(call), ((by, is_tls), self.host), f"how the call of {self.name} came with {flag}")
        self.calls += 1
        return f"{by.removesuffix(f' {self.host}')}, {'TLS' if is_tls else 'plain'}"

    def succeeds(self, flag, *around):
        link, said, calls = led(self.right, flag, *around)
        if not link.startswith(f"http://{USUAL}/"):
            raise AssertionError(f"{self.name} with {flag} {around} printed no link: {link}{said}")
        same([call["outcome"] for call in calls], ["success"], f"what the journal has of {self.name}")
        return self.came(calls[0], flag)

    def is_refused(self, flag):
        for program, code, texts in self.wrong:
            link, said, calls = led(program, flag)
            same(link.startswith("http"), False, f"{self.name} printed a link: {link}")
            same([call["code"] for call in calls], [code], f"what the journal has of {self.name}: {said}")
            if not any(text in link + said for text in [code, *texts]):
                raise AssertionError(f"{self.name} did not read {code}: {link}{said}")
            self.came(calls[0], flag)
            self.refusals += 1

    def trusts(self, flag):
        """Without those variables it sends nothing, and with each of them alone it goes on."""
        wanted = self.client.trusts
        if not wanted:
            return "not asked"
        _, said, calls = led(self.right, flag, "env", *without(wanted))
        same(len(calls), 0, f"calls of {self.name} without {wanted}: {said}")
        for one in wanted:
            self.succeeds(flag, "env", *without([name for name in TRUST if name != one]))
        return " or ".join(f"`{name}`" for name in wanted)

    def row(self):
        reached = self.succeeds("--intercept")
        self.is_refused("--intercept")
        isolated = "not allowed here"
        if self.isolates:
            isolated = self.succeeds("--isolate")
            self.is_refused("--isolate")
        if TABLE is None:
            return None
        # A JVM has its proxy in the same variable, and needs none there.
        trusted = self.trusts("--isolate" if self.isolates else "--intercept")
        return [f"`{self.name}`", reached, isolated, trusted, str(self.calls), str(self.refusals)]


def without(variables):
    return [part for name in variables for part in ("-u", name)]


def is_isolation_allowed():
    said = run([BINARY, "exec", "--isolate", "--allow-none", "--", "true"])[1]
    same(said == "" or "nothing was run" in said, True, f"a reason is told where it is not allowed: {said}")
    return said == ""


def main(language=""):
    calls = refusals = 0
    for name, client in CLIENTS.items():
        way = SNIPPETS[language].get(client.snippet)
        if way is None:
            continue
        with tempfile.TemporaryDirectory() as folder:
            running = Run(name, way, Path(folder))
            row = running.row()
        calls, refusals = calls + running.calls, refusals + running.refusals
        if row:
            with open(TABLE, "a", encoding="utf-8") as file:
                file.write(f"| {' | '.join(row)} |\n")
    version = subprocess.run([BINARY, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    print(json.dumps({"client": "intercepted", "version": version, "calls": calls, "refusals": refusals}))


main(*sys.argv[1:])
