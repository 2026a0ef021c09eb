"""Writes the layers of the container image as tar archives: the C libraries with a few tools, and the
command. The same files give the same bytes.

Usage: layers.py BINARY STAGE CERTIFICATES FOLDER EPOCH
  BINARY is what its libraries are asked of; STAGE has `bin/ova`, `ova.yaml`, `doc`; CERTIFICATES is
  the Debian package ca-certificates, as a file: a machine may trust others beside its own. FOLDER gets
  `runtime.tar` and `command.tar`.
"""
import io
import os
import pathlib
import re
import stat
import subprocess
import sys
import tarfile
import tempfile

import contents

USER = 65532
# What scripts of CI services call, and what the health check does.
APPLETS = """[ awk basename cat chmod cp cut date df dirname du echo env false find grep gzip head hostname
id ls mkdir mktemp mv nproc ps pwd readlink realpath rm rmdir sed seq sh sha256sum sleep sort stat tail
tar tee test touch tr true uname uniq unzip wc wget which xargs""".split()


class Layer:
    """A tar archive that is filled in the order of its paths, with the time of the commit."""

    def __init__(self, epoch):
        self.epoch = int(epoch)
        self.entries = {}

    def folder(self, path, mode=0o755, owner=0):
        for parent in reversed(pathlib.PurePath(path).parents):
            if str(parent) not in (".", "/") and str(parent) not in self.entries:
                self.entries[str(parent)] = self.entry(str(parent), tarfile.DIRTYPE, 0o755), None
        self.entries[path] = self.entry(path, tarfile.DIRTYPE, mode, owner), None

    def text(self, path, text, mode=0o644):
        self.bytes(path, text.encode(), mode)

    def bytes(self, path, data, mode=0o644):
        if os.path.dirname(path) not in self.entries:
            self.folder(os.path.dirname(path))
        entry = self.entry(path, tarfile.REGTYPE, mode)
        entry.size = len(data)
        self.entries[path] = entry, data

    def link(self, path, target):
        if os.path.dirname(path) not in self.entries:
            self.folder(os.path.dirname(path))
        entry = self.entry(path, tarfile.SYMTYPE, 0o777)
        entry.linkname = target
        self.entries[path] = entry, None

    def file(self, path, source):
        source = pathlib.Path(source)
        executable = source.stat().st_mode & stat.S_IXUSR
        self.bytes(path, source.read_bytes(), 0o755 if executable else 0o644)

    def tree(self, path, source):
        for file in sorted(pathlib.Path(source).rglob("*")):
            place = f"{path}/{file.relative_to(source)}"
            if file.is_symlink():
                self.link(place, os.readlink(file))
            elif file.is_file():
                self.file(place, file)

    def entry(self, path, kind, mode, owner=0):
        entry = tarfile.TarInfo(path)
        entry.type, entry.mode, entry.mtime = kind, mode, self.epoch
        entry.uid = entry.gid = owner
        return entry

    def write(self, path):
        with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as archive:
            for _, (entry, data) in sorted(self.entries.items()):
                archive.addfile(entry, io.BytesIO(data) if data is not None else None)


def debian_package(layer, name):
    """What tells a scanner of images, and a lawyer, which Debian package files come from."""
    layer.text(f"var/lib/dpkg/status.d/{name}", contents.run("dpkg-query", "-s", name))
    copyright = pathlib.Path(f"/usr/share/doc/{name}/copyright")
    if copyright.exists():
        layer.bytes(f"usr/share/doc/{name}/copyright", copyright.read_bytes())


def certificates(layer, package):
    """The authorities of ca-certificates, in one file as its own program writes them."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", package, folder], check=True)
        root = pathlib.Path(folder, "usr/share")
        layer.bytes("etc/ssl/certs/ca-certificates.crt", b"".join(
            path.read_bytes().rstrip() + b"\n" for path in sorted(root.rglob("*.crt"))))
        layer.bytes("usr/share/doc/ca-certificates/copyright",
                    root.joinpath("doc/ca-certificates/copyright").read_bytes())
    layer.text("var/lib/dpkg/status.d/ca-certificates", contents.run("dpkg-deb", "-f", package))


def runtime(binary, authorities, epoch):
    layer = Layer(epoch)
    # As Debian has it: one place for programs and one for libraries.
    for name in ("bin", "lib", "lib64", "sbin"):
        layer.folder(f"usr/{name}")
        layer.link(name, f"usr/{name}")
    listed = contents.run("ldd", binary)
    loader = re.search(r"^\s*(/\S*ld-linux\S*)", listed, re.M)[1]
    multiarch = contents.run("dpkg-architecture", "-qDEB_HOST_MULTIARCH").strip()
    libc = re.search(r"libc\.so\.6 => (/\S+)", listed)[1]
    for name in ("libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1",
                 "libresolv.so.2", "libnss_files.so.2", "libnss_dns.so.2"):
        layer.file(f"usr/lib/{multiarch}/{name}", os.path.realpath(f"{os.path.dirname(libc)}/{name}"))
    layer.file(f"usr{loader}", os.path.realpath(loader))
    packages = {"libc6", "busybox-static", "tzdata"}
    for library in contents.libraries(binary):
        layer.file(f"usr/lib/{multiarch}/{library.soname}", library.path)
        packages.add(library.package)
    # Text in other character sets is read by the C library's converters.
    for path in contents.run("dpkg-query", "-L", "libc6").split("\n"):
        if "/gconv/" in path and os.path.isfile(path):
            layer.file(f"usr/lib/{multiarch}/gconv/{path.split('/gconv/')[1]}", path)
    layer.file("usr/bin/busybox", contents.run("sh", "-c", "command -v busybox").strip())
    for applet in APPLETS:
        layer.link(f"usr/bin/{applet}", "busybox")
    for name in sorted(packages):
        debian_package(layer, name)
    zones = contents.run("dpkg-query", "-L", "tzdata").split("\n")
    for path in zones:
        if path.startswith("/usr/share/zoneinfo/") and "/posix" not in path and "/right" not in path:
            if os.path.islink(path):
                layer.link(path[1:], os.readlink(path))
            elif os.path.isfile(path):
                layer.file(path[1:], path)
    certificates(layer, authorities)
    layer.file("etc/os-release", os.path.realpath("/etc/os-release"))
    layer.text("etc/passwd", f"root:x:0:0:root:/root:/bin/sh\nova:x:{USER}:{USER}:ova:/var/lib/ova:/bin/sh\n")
    layer.text("etc/group", f"root:x:0:\nova:x:{USER}:\n")
    layer.text("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n")
    layer.folder("tmp", 0o1777)
    return layer


def command(stage, epoch):
    layer = Layer(epoch)
    layer.file("usr/bin/ova", f"{stage}/bin/ova")
    layer.tree("usr/share/doc/ova", f"{stage}/doc")
    configuration = pathlib.Path(stage, "ova.yaml").read_text()
    # Within a container every address is its own; what is published is said outside.
    layer.text("etc/ova/ova.yaml", configuration.replace("listen: 127.0.0.1:8080", "listen: :8080"))
    layer.folder("var/lib/ova", 0o700, USER)
    layer.folder("work")
    return layer


def main(binary, stage, authorities, folder, epoch):
    runtime(binary, authorities, epoch).write(f"{folder}/runtime.tar")
    command(stage, epoch).write(f"{folder}/command.tar")


if __name__ == "__main__":
    main(*sys.argv[1:])
