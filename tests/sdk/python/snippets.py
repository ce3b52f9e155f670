"""Runs snippets of `ticketbooth env --sdk NAME` as a reader would, and opens the links they print.

`snippets.py LANGUAGE` runs those of `go` or `java`; without an argument it runs those for which Python and Node do.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from booth import DIRECT, ENDPOINT, URL, admitted, same

BINARY = os.environ["TICKETBOOTH_BIN"]
CACHE = Path(os.environ["TICKETBOOTH_SDK_CACHE"])
CLIENTS = Path(__file__).parent.parent


def run(command, **more):
    """The program's output on its one stream, and what it says when it fails."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, **more)
    return (done.stdout.strip(), done.stderr) if done.returncode == 0 else ("", done.stdout + done.stderr)


# A way makes a program of a text, in a folder: its command, and what is set in its environment beside what is there.


def run_program(program, around=(), **more):
    command, environment = program
    return run([*around, *command], env={**os.environ, **environment}, **more)


def script(interpreter, **environment):
    """An interpreter runs the text as it stands."""

    def way(folder, text):
        file = folder / "snippet"
        file.write_text(text, "utf-8")
        return [*interpreter, file], environment

    return way


def python(folder):
    return script([CACHE / folder / "bin" / "python3"])


def shell(folder):
    return script(["sh"], PATH=f"{CACHE / folder / 'bin'}:{os.environ['PATH']}")


def go(folder, text):
    """A module of its own, with the pins of the clients; what the text imports is among what was fetched for them."""
    for pins in ("go.mod", "go.sum"):
        shutil.copy(CLIENTS / "go" / pins, folder)
    (folder / "main.go").write_text(text, "utf-8")
    settings = {
        "GOFLAGS": "-mod=readonly -modcacherw", "GOTOOLCHAIN": "local", "GOWORK": "off", "GOPROXY": "off",
        "GOMODCACHE": str(CACHE / "go-modules"), "GOCACHE": str(CACHE / "go-build"), "CGO_ENABLED": "0",
    }
    same(run(["go", "build", "-o", "snippet", "."], cwd=folder, env={**os.environ, **settings}), ("", ""), "the build")
    return [folder / "snippet"], {}


def java(libraries):
    """The class of the text's name, compiled for the release that the text says, with the client's libraries."""

    def way(folder, text):
        release = re.search(r"<maven\.compiler\.release>(\d+)<", text)[1]
        name = re.search(r"^public class (\w+)", text, re.MULTILINE)[1]
        path = CACHE / "java" / libraries / "libraries" / "*"
        (folder / f"{name}.java").write_text(text, "utf-8")
        build = ["javac", "--release", release, "-encoding", "UTF-8", "-Werror", "-cp", path, f"{name}.java"]
        same(run(build, cwd=folder), ("", ""), "the build")
        return ["java", "-cp", f"{folder}:{path}", name], {}

    return way


NODE = script(["node"], NODE_PATH=str(CACHE / "node" / "node_modules"))

SNIPPETS = {
    "": {
        "tencent-python": python("tencent"),
        "tencent-node": NODE,
        "tccli": shell("tccli"),
        "alibaba-python": python("alibaba"),
        "alibaba-python-classic": python("alibaba-classic"),
        "alibaba-node": NODE,
        "alibaba-pop-core": NODE,
        "curl": script(["sh"]),
    },
    "go": {"tencent-go": go, "alibaba-go": go, "alibaba-go-classic": go},
    "java": {
        "tencent-java": java("tencent"),
        "alibaba-java": java("alibaba"),
        "alibaba-java-classic": java("alibaba-classic"),
    },
}


def printed_snippet(name):
    command = [BINARY, "env", "--sdk", name, "--url", URL]
    text = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stdout
    same(ENDPOINT in text, True, f"the emulator's address stands in the snippet {name}")
    if ENDPOINT != "127.0.0.1:4240":
        same("127.0.0.1:4240" in text, False, f"the default address still stands in the snippet {name}")
    return text


def printed_link(name, text, way):
    with tempfile.TemporaryDirectory() as folder:
        link, said = run_program(way(Path(folder), text))
    if not link.startswith(f"{URL}/"):
        raise AssertionError(f"the snippet {name} printed no link: {link}{said}")
    return link


def calls_answered():
    """How many calls to the two actions the journal has that were answered with a ticket."""
    return sum(
        entry["outcome"] == "success"
        for action in ("CreateEmbedToken", "CreateTicket")
        for entry in journal(action)
    )


def journal(action):
    with DIRECT.open(f"{URL}/_ticketbooth/journal?action={action}&limit=10000", timeout=10) as answer:
        return json.load(answer)["entries"]


def main(language=""):
    ways = SNIPPETS[language]
    for name, way in ways.items():
        before = calls_answered()
        link = printed_link(name, printed_snippet(name), way)
        same(calls_answered() - before, 1, f"calls of the snippet {name} in the journal")
        admitted(link)
    version = subprocess.run([BINARY, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    print(json.dumps({"client": "snippets", "version": version, "calls": len(ways), "refusals": 0}))


if __name__ == "__main__":
    main(*sys.argv[1:])
