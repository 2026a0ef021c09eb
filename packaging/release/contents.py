"""What a built `ova` is made of: the Swift packages linked into it, and the shared libraries that it
loads with the Debian packages that bring them."""
import json
import os
import pathlib
import re
import subprocess
import typing

# What every Linux system with glibc has: these come from the system wherever the command runs.
GLIBC = ("linux-vdso", "ld-linux", "libc.so", "libm.so", "libpthread.so", "libdl.so", "librt.so",
         "libresolv.so")


class SwiftPackage(typing.NamedTuple):
    identity: str
    version: str
    address: str
    folder: pathlib.Path


class Library(typing.NamedTuple):
    soname: str
    path: str
    package: str
    version: str
    source: str


def run(*words):
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout


def swift_packages(binary, resolved, checkouts):
    """The packages of `Package.resolved` of which a module is linked into an unstripped binary."""
    symbols = run("nm", "--no-sort", "--format=just-symbols", binary)
    # A Swift symbol begins with the length and the name of its module.
    modules = set()
    for length, rest in set(re.findall(r"^\$s(\d+)([A-Za-z_][A-Za-z0-9_]{0,80})", symbols, re.M)):
        modules.add(rest[:int(length)])
    if not modules:
        raise SystemExit(f"{binary} has no symbols, so that what is linked into it cannot be told")
    packages = []
    for pin in json.loads(pathlib.Path(resolved).read_text())["pins"]:
        name = os.path.basename(pin["location"]).removesuffix(".git")
        folder = pathlib.Path(checkouts, name)
        targets = {path.name for path in folder.glob("Sources/*") if path.is_dir()}
        targets |= {path.name for path in folder.glob("*") if path.is_dir()}
        if targets & modules:
            packages.append(SwiftPackage(
                pin["identity"], pin["state"]["version"], pin["location"].removesuffix(".git"),
                folder))
    return sorted(packages)


def libraries(binary):
    """The shared libraries that a binary loads, with those that they load, but for glibc's own."""
    found = []
    for soname, path in re.findall(r"^\s*(\S+) => (/\S+)", run("ldd", binary), re.M):
        if not soname.startswith(GLIBC):
            found.append(library(soname, path))
    return sorted(found)


def library(soname, path):
    """A library with the Debian package that owns its file."""
    real = os.path.realpath(path)
    # What is under /usr/lib may be known under /lib, from before the two were merged.
    for candidate in (real, real.removeprefix("/usr"), "/usr" + real):
        answer = subprocess.run(
            ["dpkg-query", "-S", candidate], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True)
        if answer.returncode == 0:
            package = answer.stdout.split(": ")[0].split(",")[0]
            version, source = run(
                "dpkg-query", "-W", "-f", "${Version} ${source:Package}", package).split()
            return Library(soname, real, package.split(":")[0], version, source)
    raise SystemExit(f"no Debian package has {real}, which {soname} is")
