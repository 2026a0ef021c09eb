"""Writes the licenses and notices of the Swift packages that are linked into a binary, one file each.

Usage: notices.py BINARY RESOLVED CHECKOUTS FOLDER
"""
import pathlib
import re
import shutil
import subprocess
import sys

import contents


def main(binary, resolved, checkouts, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    for package in contents.swift_packages(binary, resolved, checkouts):
        # A package with other code in it has that code's license in a folder below.
        files = sorted(
            path for path in package.folder.rglob("*")
            if re.fullmatch(r"(?i)(LICEN[SC]E|NOTICE|COPYING)([-.](txt|md))?", path.name)
            and path.is_file() and not {"Tests", "Benchmarks", "IntegrationTests"} & set(path.parts))
        text = [f"{package.identity} {package.version}, {package.address}\n"]
        for path in files:
            text.append(f"\n==== {path.relative_to(package.folder)}\n\n")
            text.append(path.read_text(errors="replace").rstrip() + "\n")
        folder.joinpath(f"{package.identity}.txt").write_text("".join(text))
    swift = pathlib.Path(shutil.which("swift")).resolve()
    while swift != swift.parent:
        if (license := swift / "usr/share/swift/LICENSE.txt").exists():
            break
        if (license := swift / "share/swift/LICENSE.txt").exists():
            break
        swift = swift.parent
    else:
        raise SystemExit("the toolchain has no license file")
    version = subprocess.run(
        ["swift", "--version"], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True).stdout.split("\n")[0]
    folder.joinpath("swift-runtime.txt").write_text(f"{version}\n\n{license.read_text().rstrip()}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
