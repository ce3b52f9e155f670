"""Runs the snippets with the vendor's own host and https in them, under `exec --intercept`.

`intercepted.py LANGUAGE` runs those of `go` or `java`; without an argument it runs those for which Python and Node do. What
is changed in each snippet is taken out wherever the vendor's address is its default, so nothing in it leads to an emulator.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from booth import same
from snippets import AROUND, BINARY, SNIPPETS

USUAL = "127.0.0.1:4240"
TENCENT = "bi.tencentcloudapi.com"
ALIBABA = "quickbi-public.cn-hangzhou.aliyuncs.com"

# What stands in a snippet, and what does in its place.
EDITS = {
    "tencent-python": [(f'HttpProfile(protocol="http", endpoint="{USUAL}")', "HttpProfile()")],
    "tencent-node": [(f'  profile: {{ httpProfile: {{ endpoint: "{USUAL}", protocol: "http://" }} }},\n', "")],
    "tccli": [(f"--endpoint http://{USUAL} ", "")],
    "tencent-go": [
        (f'\tcpf.HttpProfile.Endpoint = "{USUAL}"\n', ""),
        ('\tcpf.HttpProfile.Scheme = "HTTP"\n', ""),
    ],
    "tencent-java": [(f'http.setEndpoint("{USUAL}");', ""), ('http.setProtocol("http://");', "")],
    "alibaba-python": [(f'endpoint="{USUAL}"', f'endpoint="{ALIBABA}"'), ('    protocol="http",\n', "")],
    # It speaks plain HTTP unless it is told otherwise.
    "alibaba-python-classic": [(f'"{USUAL}"', f'"{ALIBABA}:80"')],
    "alibaba-node": [
        (f'endpoint: "{USUAL}"', f'endpoint: "{ALIBABA}"'),
        ('  protocol: "http",\n', ""),
        ('protocol: "HTTP"', 'protocol: "HTTPS"'),
    ],
    "alibaba-pop-core": [(f'endpoint: "http://{USUAL}"', f'endpoint: "https://{ALIBABA}"')],
    "alibaba-go": [
        (f'Endpoint:        tea.String("{USUAL}")', f'Endpoint:        tea.String("{ALIBABA}")'),
        ('\t\tProtocol:        tea.String("http"),\n', ""),
        ('Protocol: tea.String("HTTP")', 'Protocol: tea.String("HTTPS")'),
    ],
    "alibaba-go-classic": [(f'request.Domain = "{USUAL}"', f'request.Domain = "{ALIBABA}"')],
    "alibaba-java": [
        (f'.setEndpoint("{USUAL}")', f'.setEndpoint("{ALIBABA}")'),
        ('            .setProtocol("http")\n', ""),
        ('.setProtocol("HTTP")', '.setProtocol("HTTPS")'),
    ],
    "alibaba-java-classic": [
        (f'request.setSysDomain("{USUAL}")', f'request.setSysDomain("{ALIBABA}")'),
        ("ProtocolType.HTTP)", "ProtocolType.HTTPS)"),
    ],
}

# How the call of each comes, and whether with TLS. Alibaba's clients for Node are led by the hook, so they come as if by
# themselves.
WAYS = {
    "tencent-python": (f"tunnel {TENCENT}", True),
    "tencent-node": (f"tunnel {TENCENT}", True),
    "tccli": (f"tunnel {TENCENT}", True),
    "tencent-go": (f"tunnel {TENCENT}", True),
    "tencent-java": (f"tunnel {TENCENT}", True),
    "alibaba-python": (f"tunnel {ALIBABA}", True),
    "alibaba-python-classic": ("proxy", False),
    "alibaba-node": ("direct", True),
    "alibaba-pop-core": ("direct", True),
    "alibaba-go": (f"tunnel {ALIBABA}", True),
    "alibaba-go-classic": ("proxy", False),
    "alibaba-java": (f"tunnel {ALIBABA}", True),
    "alibaba-java-classic": (f"tunnel {ALIBABA}", True),
}


def changed_snippet(name):
    command = [BINARY, "env", "--sdk", name, "--url", f"http://{USUAL}"]
    text = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stdout
    for there, instead in EDITS[name]:
        same(text.count(there), 1, f"places of {there!r} in the snippet {name}")
        text = text.replace(there, instead)
    return text


def arrival(journal):
    """How the one call in the journal came, and for which host."""
    lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()[1:]]
    calls = [line["entry"] for line in lines if line.get("entry", {}).get("kind") == "call"]
    same([call["outcome"] for call in calls], ["success"], "what the journal has")
    headers = {header["name"]: header["value"] for header in calls[0]["request"]["headers"]}
    return (calls[0]["arrival"]["via"], calls[0]["arrival"]["tls"]), headers["host"].removesuffix(":80")


def main(language=""):
    ways = {name: way for name, way in SNIPPETS[language].items() if name in EDITS}
    for name, way in ways.items():
        with tempfile.TemporaryDirectory() as folder:
            journal = Path(folder) / "journal.jsonl"
            AROUND[:] = [BINARY, "exec", "--quiet", "--intercept", "--journal", journal, "--"]
            link, said = way(Path(folder), changed_snippet(name))
            if not link.startswith(f"http://{USUAL}/"):
                raise AssertionError(f"the snippet {name} printed no link: {link}{said}")
            came, host = arrival(journal)
            same(came, WAYS[name], f"how the call of {name} came")
            same(host, ALIBABA if name.startswith("alibaba-") else TENCENT, f"the host that {name} named")
    version = subprocess.run([BINARY, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    print(json.dumps({"client": "intercepted", "version": version, "calls": len(ways), "refusals": 0}))


main(*sys.argv[1:])
