"""The image: read by others' tools, unpacked by them, and run without an engine."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from kit import BINARY, DIST, ROOT, VERSION, Served, check_signed_call, run

LAYOUT = f"{DIST}/image:{VERSION}"
ARCHIVE = f"{DIST}/ticketbooth-{VERSION}-image.tar"
TOKEN = "of-this-test"


@pytest.fixture(autouse=True)
def tools():
    """The tools of Debian that the tests need; without them there is nothing to test with, which CI does not let pass."""
    missing = [tool for tool in ("skopeo", "umoci", "bwrap", "ip", "nsenter") if shutil.which(tool) is None]
    if (missing or os.geteuid() != 0) and os.environ.get("CI") != "true":
        pytest.skip(f"needs root and {missing}")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The file system that a runtime unpacks."""
    bundle = tmp_path_factory.mktemp("image") / "bundle"
    run("umoci", "unpack", "--image", LAYOUT, bundle)
    for folder in [*bundle.parents][:2]:
        folder.chmod(0o755)
    bundle.chmod(0o755)
    return bundle / "rootfs"


def listing(root):
    """Each file with its mode, owner and size."""
    told = {}
    for path in sorted(root.rglob("*")):
        state = path.lstat()
        told[str(path.relative_to(root))] = (oct(state.st_mode), state.st_uid, state.st_size if path.is_file() else 0)
    return told


def configuration(image):
    return json.loads(run("skopeo", "inspect", "--config", image))


def test_others_read_the_layout_and_the_archive(tmp_path):
    layout, archive = configuration(f"oci:{LAYOUT}"), configuration(f"docker-archive:{ARCHIVE}")
    assert layout == archive
    assert (layout["os"], layout["architecture"]) == ("linux", "amd64")
    copied = tmp_path / "copied.tar"
    run("skopeo", "copy", "--insecure-policy", f"oci:{LAYOUT}", f"docker-archive:{copied}:ticketbooth:{VERSION}")
    assert configuration(f"docker-archive:{copied}")["config"] == layout["config"]


def test_the_containerfile_says_the_same():
    text = (ROOT / "packages/image/Containerfile").read_text().replace("\\\n", " ")
    lines = [line.split(" ", 1) for line in text.splitlines() if line and line[0] != "#"]
    said = {word: rest for word, rest in lines if word not in ("ARG", "LABEL", "HEALTHCHECK")}
    told = configuration(f"oci:{LAYOUT}")["config"]
    assert said == {
        "FROM": "scratch",
        "ADD": "ticketbooth-${VERSION}-rootfs.tar /",
        "ENV": told["Env"][0],
        "USER": told["User"],
        "WORKDIR": told["WorkingDir"],
        "STOPSIGNAL": told["StopSignal"],
        "EXPOSE": " ".join(sorted(told["ExposedPorts"], key=lambda port: int(port.split("/")[0]))),
        "ENTRYPOINT": json.dumps(told["Entrypoint"]),
        "CMD": json.dumps(told["Cmd"]),
    }
    (labels,) = [rest for word, rest in lines if word == "LABEL"]
    labels = dict(re.findall(r'(\S+)="([^"]*)"', labels))
    given = {"version": "${VERSION}", "revision": "${REVISION}", "created": "${CREATED}"}
    given = {f"org.opencontainers.image.{name}": argument for name, argument in given.items()}
    assert labels == {**told["Labels"], **given}
    layer = configuration(f"oci:{LAYOUT}")["rootfs"]["diff_ids"]
    assert layer == ["sha256:" + run("sha256sum", DIST / f"ticketbooth-{VERSION}-rootfs.tar").split()[0]]


def test_what_is_in_it(root):
    there = listing(root)
    program = there.pop("usr/local/bin/ticketbooth")
    assert program == ("0o100755", 0, BINARY.stat().st_size)
    assert {name for name, (mode, *_) in there.items() if mode.startswith("0o10")} == {
        "etc/group", "etc/passwd", "licenses/ticketbooth.txt",
    }
    assert {name: mode for name, (mode, *_) in there.items() if mode != "0o40755" and mode.startswith("0o4")} == {"tmp": "0o41777"}
    assert {"dev", "proc", "scenarios", "world"} <= there.keys()
    assert "nonroot:x:65532:65532:" in (root / "etc/passwd").read_text()


# A network of its own, where anybody may have port 443 as in a container, and where nobody has 4240.
NETWORK = ["unshare", "--net", "sh", "-c", "ip link set lo up && echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start && exec \"$@\"", "sh"]


def inside(root):
    """The command in whose place an engine starts the image, with the image's own settings and the token."""
    told = configuration(f"oci:{LAYOUT}")["config"]
    user = told["User"].split(":")[0]
    settings = [word for setting in [*told["Env"], f"TICKETBOOTH_ADMIN_TOKEN={TOKEN}"] for word in ("--setenv", *setting.split("=", 1))]
    sandbox = ["bwrap", "--die-with-parent", "--clearenv", *settings, "--ro-bind", root, "/", "--tmpfs", "/tmp", "--proc", "/proc",
               "--dev", "/dev", "--unshare-user", "--unshare-pid", "--as-pid-1", "--uid", user, "--gid", user, "--chdir", told["WorkingDir"]]
    return sandbox, [*told["Entrypoint"], *told["Cmd"]]


def test_it_runs_with_a_root_that_is_read_only_and_ends_as_process_1(root):
    sandbox, command = inside(root)
    reader, writer = os.pipe()
    with os.fdopen(reader) as told:
        served = Served(*NETWORK, *sandbox, "--info-fd", writer, *command, "--tls-listen", "0.0.0.0:443", pass_fds=[writer])
        os.close(writer)
        process = json.load(told)["child-pid"]
    with served:
        assert served.ready["pid"] == 1 and served.ready["http"] == "http://127.0.0.1:4240"
        assert served.ready["tls_listen"] == ["https://127.0.0.1:443"]
        there = ["nsenter", "--target", process, "--net"]
        check_signed_call(served.ready["http"], *there)
        # The command of the Containerfile's HEALTHCHECK.
        run(*there, BINARY, "wait", "--timeout", "2s")
        root_of_trust = root.parent / "ca.pem"
        root_of_trust.write_text(served.ready["ca"])
        told = run(*there, "curl", "--silent", "--fail", "--cacert", root_of_trust, "--resolve", "bi.tencentcloudapi.com:443:127.0.0.1",
                   "https://bi.tencentcloudapi.com/")
        assert "Response" in told
        began = time.monotonic()
        os.kill(process, signal.SIGTERM)
        assert served.process.wait(timeout=5) == 0 and time.monotonic() - began < 5


def test_it_writes_nothing_into_a_root_that_may_be_written(root):
    before = listing(root)
    environment = {"PATH": os.environ["PATH"], "TICKETBOOTH_LISTEN": "0.0.0.0:4240", "TICKETBOOTH_ADMIN_TOKEN": TOKEN}
    with Served(*NETWORK, "chroot", "--userspec=65532:65532", root, "/usr/local/bin/ticketbooth", "serve", env=environment) as served:
        check_signed_call(served.ready["http"], "nsenter", "--target", served.process.pid, "--net")
    assert listing(root) == before


def test_without_a_token_it_says_how_to_give_one(root):
    sandbox, command = inside(root)
    place = sandbox.index("TICKETBOOTH_ADMIN_TOKEN")
    del sandbox[place - 1:place + 2]
    done = subprocess.run([str(part) for part in (*sandbox, *command)], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 2 and "TICKETBOOTH_ADMIN_TOKEN" in done.stderr, done.stderr


def test_the_compose_example_waits_for_what_the_containerfile_waits_for():
    page = (ROOT / "docs/containers.md").read_text()
    assert '["CMD", "/usr/local/bin/ticketbooth", "wait", "--timeout", "2s"]' in page
    assert f"ticketbooth-{VERSION}-image.tar" in page
