"""Runs every snippet of `ticketbooth env --sdk NAME` as a reader would, and opens the link it prints."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from booth import ENDPOINT, URL, admitted, same

BINARY = os.environ["TICKETBOOTH_BIN"]
CACHE = Path(os.environ["TICKETBOOTH_SDK_CACHE"])

# The registries do not serve the client that its vendor generates.
NOT_RUN = None


def python(folder):
    return [str(CACHE / folder / "bin" / "python3")], {}


def shell(folder):
    return ["sh"], {"PATH": f"{CACHE / folder / 'bin'}:{os.environ['PATH']}"}


def java(folder):
    """The JDK runs a source file as it stands; where there is none, the rows of the Java clients say so."""
    libraries = CACHE / "java" / folder / "libraries"
    return (["java", "--source", "17", "-cp", f"{libraries}/*"], {}) if shutil.which("javac") else NOT_RUN


SHELL = ["sh"], {}
NODE = ["node"], {"NODE_PATH": str(CACHE / "node" / "node_modules")}

SNIPPETS = {
    "tencent-python": python("tencent"),
    "tencent-node": NODE,
    "tencent-go": NOT_RUN,
    "tencent-java": java("tencent"),
    "tccli": shell("tccli"),
    "alibaba-python": python("alibaba"),
    "alibaba-python-classic": python("alibaba-classic"),
    "alibaba-node": NODE,
    "alibaba-pop-core": NODE,
    "alibaba-go": NOT_RUN,
    "alibaba-java": NOT_RUN,
    "curl": SHELL,
}


def printed_snippet(name):
    command = [BINARY, "env", "--sdk", name, "--url", URL]
    text = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stdout
    same(ENDPOINT in text, True, f"the emulator's address stands in the snippet {name}")
    if ENDPOINT != "127.0.0.1:4240":
        same("127.0.0.1:4240" in text, False, f"the default address still stands in the snippet {name}")
    return text


def printed_link(name, text, interpreter, environment):
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=f"-{name}") as file:
        file.write(text)
        file.flush()
        done = subprocess.run(
            [*interpreter, file.name], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
            env={**os.environ, **environment},
        )
    link = done.stdout.strip()
    if done.returncode or not link.startswith(f"{URL}/"):
        raise AssertionError(f"the snippet {name} printed no link: {done.stdout}{done.stderr}")
    return link


def main():
    calls = 0
    for name, way in SNIPPETS.items():
        text = printed_snippet(name)
        if way is not NOT_RUN:
            admitted(printed_link(name, text, *way))
            calls += 1
    version = subprocess.run([BINARY, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    print(json.dumps({"client": "snippets", "version": version, "calls": calls, "refusals": 0}))


main()
