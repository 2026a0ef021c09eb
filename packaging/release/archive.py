"""Packs an OCI layout with one image as an archive that skopeo, podman and docker load take: the
layout, and beside its index the manifest of docker's own archives, which names the same blobs.

Usage: archive.py LAYOUT NAME:TAG FILE EPOCH
"""
import hashlib
import json
import pathlib
import sys
import tarfile

# Docker's own key of the configuration, which OCI's has not; podman reads it too.
HEALTH = {
    "Test": ["CMD", "/usr/bin/wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/readyz"],
    "Interval": 30_000_000_000,
    "Timeout": 5_000_000_000,
    "StartPeriod": 10_000_000_000,
    "Retries": 3,
}


def main(layout, name, file, epoch):
    layout = pathlib.Path(layout)
    blobs = layout / "blobs" / "sha256"

    def read(descriptor):
        return json.loads((blobs / descriptor["digest"].removeprefix("sha256:")).read_text())

    def store(value):
        data = json.dumps(value, separators=(",", ":"), sort_keys=True).encode()
        digest = hashlib.sha256(data).hexdigest()
        (blobs / digest).write_bytes(data)
        return {"digest": f"sha256:{digest}", "size": len(data)}

    index = json.loads((layout / "index.json").read_text())
    descriptor = index["manifests"][0]
    manifest = read(descriptor)
    configuration = read(manifest["config"])
    configuration["config"]["Healthcheck"] = HEALTH
    manifest["config"] |= store(configuration)
    descriptor |= store(manifest)
    descriptor["annotations"] = {"org.opencontainers.image.ref.name": name.split(":")[1]}
    described = [descriptor, manifest["config"], *manifest["layers"]]
    kept = {entry["digest"].removeprefix("sha256:") for entry in described}
    path = {entry["digest"]: "blobs/" + entry["digest"].replace(":", "/") for entry in described}
    docker = [{
        "Config": path[manifest["config"]["digest"]],
        "RepoTags": [name],
        "Layers": [path[layer["digest"]] for layer in manifest["layers"]],
    }]
    (layout / "index.json").write_text(json.dumps(index, sort_keys=True))
    (layout / "manifest.json").write_text(json.dumps(docker, sort_keys=True))
    for blob in blobs.iterdir():
        if blob.name not in kept:
            blob.unlink()
    with tarfile.open(file, "w", format=tarfile.USTAR_FORMAT) as archive:
        for item in sorted(layout.rglob("*")):
            entry = archive.gettarinfo(item, str(item.relative_to(layout)))
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            entry.mtime = int(epoch)
            entry.mode = 0o755 if item.is_dir() else 0o644
            if item.is_file():
                with open(item, "rb") as data:
                    archive.addfile(entry, data)
            else:
                archive.addfile(entry)


if __name__ == "__main__":
    main(*sys.argv[1:])
