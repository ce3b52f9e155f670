#!/usr/bin/env python3
"""Writes the image from the static binary: an OCI layout, an archive for `docker load`, and its one layer.

Nothing but the standard library is needed, and no container engine. Every time is SOURCE_DATE_EPOCH and every list is
sorted, so the same binary gives the same digests.
"""

import argparse
import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
from datetime import datetime, timezone
from pathlib import Path

NONROOT = 65532
# A read-only root needs the places where a runtime mounts something.
FOLDERS = {"dev": 0o755, "etc": 0o755, "licenses": 0o755, "proc": 0o755, "scenarios": 0o755, "tmp": 0o1777, "usr": 0o755,
           "usr/local": 0o755, "usr/local/bin": 0o755, "world": 0o755}
PROGRAM = "usr/local/bin/ticketbooth"


def config(version, revision, created):
    """What a runtime is told, as the OCI format has it. The Containerfile says the same."""
    label = "org.opencontainers.image"
    return {
        "Entrypoint": [f"/{PROGRAM}"],
        "Cmd": ["serve"],
        "Env": ["TICKETBOOTH_LISTEN=0.0.0.0:4240"],
        "User": f"{NONROOT}:{NONROOT}",
        "WorkingDir": "/",
        "StopSignal": "SIGTERM",
        "ExposedPorts": {"443/tcp": {}, "4240/tcp": {}},
        "Labels": {
            f"{label}.title": "ticketbooth",
            f"{label}.description":
                "A local emulator of the embed-ticket APIs of Alibaba Quick BI and Tencent Cloud BI",
            f"{label}.version": version,
            f"{label}.revision": revision,
            f"{label}.created": created,
            f"{label}.source": "ticketbooth",
            f"{label}.licenses": "Apache-2.0",
            f"{label}.documentation": "docs/containers.md",
        },
    }


def layer(binary, licence, epoch):
    """The file system, as a tar."""
    account = f"nonroot:x:{NONROOT}:"
    files = {
        PROGRAM: (0o755, binary.read_bytes()),
        "etc/group": (0o644, f"root:x:0:\n{account}\n".encode()),
        "etc/passwd": (0o644, f"root:x:0:0::/:\n{account}{NONROOT}::/tmp:\n".encode()),
        "licenses/ticketbooth.txt": (0o644, licence.read_bytes()),
    }
    entries = {name: (mode, None) for name, mode in FOLDERS.items()} | files
    return tar(entries, epoch)


def tar(entries, epoch):
    """A tar of entries by name, each a mode with bytes, or with None for a folder."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, (mode, data) in sorted(entries.items()):
            entry = tarfile.TarInfo(name)
            entry.mode, entry.mtime, entry.size = mode, epoch, len(data or b"")
            entry.type = tarfile.DIRTYPE if data is None else tarfile.REGTYPE
            archive.addfile(entry, io.BytesIO(data or b""))
    return out.getvalue()


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def encode(value):
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


def descriptor(kind, data, **more):
    return {"mediaType": f"application/vnd.oci.image.{kind}", "digest": digest(data), "size": len(data), **more}


def write_layout(folder, version, arch, configuration, compressed):
    """The folder of the OCI layout; returns the digest of the manifest."""
    manifest = encode({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": descriptor("config.v1+json", configuration),
        "layers": [descriptor("layer.v1.tar+gzip", compressed)],
    })
    index = encode({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": [descriptor(
            "manifest.v1+json", manifest, platform={"architecture": arch, "os": "linux"},
            annotations={"org.opencontainers.image.ref.name": version},
        )],
    })
    shutil.rmtree(folder, ignore_errors=True)
    blobs = folder / "blobs" / "sha256"
    blobs.mkdir(parents=True)
    for blob in (configuration, compressed, manifest):
        (blobs / digest(blob).removeprefix("sha256:")).write_bytes(blob)
    (folder / "index.json").write_bytes(index)
    (folder / "oci-layout").write_bytes(encode({"imageLayoutVersion": "1.0.0"}))
    return digest(manifest)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name, about in {
        "binary": "the static binary", "licence": "the text of the licence", "layout": "the folder to write",
        "archive": "the archive for `docker load` to write", "rootfs": "the layer to write, which the Containerfile adds",
    }.items():
        parser.add_argument(f"--{name}", type=Path, required=True, help=about)
    parser.add_argument("--version", required=True)
    parser.add_argument("--revision", required=True, help="the commit")
    parser.add_argument("--arch", default="amd64", help="as OCI names it")
    flags = parser.parse_args()
    epoch = int(os.environ["SOURCE_DATE_EPOCH"])
    created = datetime.fromtimestamp(epoch, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    rootfs = layer(flags.binary, flags.licence, epoch)
    configuration = encode({
        "architecture": flags.arch,
        "os": "linux",
        "created": created,
        "config": config(flags.version, flags.revision, created),
        "rootfs": {"type": "layers", "diff_ids": [digest(rootfs)]},
        "history": [{"created": created, "created_by": "packages/image/layout.py"}],
    })
    flags.rootfs.write_bytes(rootfs)
    manifest = write_layout(flags.layout, flags.version, flags.arch, configuration, gzip.compress(rootfs, mtime=0))
    name = digest(configuration).removeprefix("sha256:")
    listing = encode([{"Config": f"{name}.json", "RepoTags": [f"ticketbooth:{flags.version}"], "Layers": ["layer.tar"]}])
    files = {f"{name}.json": configuration, "layer.tar": rootfs, "manifest.json": listing}
    flags.archive.write_bytes(tar({path: (0o644, data) for path, data in files.items()}, epoch))
    print(manifest)


main()
