"""Writes the copyright file of the Debian package: ours, and that of what is linked in.

Usage: copyright.py BINARY RESOLVED CHECKOUTS LICENSE
"""
import pathlib
import re
import sys

import contents
from sbom import license_of

APACHE = """License: Apache-2.0
 On Debian systems the Apache License 2.0 is in /usr/share/common-licenses/Apache-2.0.
"""


def paragraph(text):
    """A text as a field's value: each line begins with a blank, and none is empty."""
    return "".join(f" {line}\n" if line.strip() else " .\n" for line in text.strip().split("\n"))


def holders(package):
    """Who holds the copyright, by the notice and the license."""
    found = []
    for path in sorted(package.folder.glob("NOTICE*")) + sorted(package.folder.glob("LICENSE*")):
        for line in path.read_text(errors="replace").split("\n"):
            if match := re.match(r"\s*Copyright (?:\([cC]\) )?(\d{4}.*)", line):
                found.append(match[1].strip().rstrip("."))
    return found or [f"the authors of {package.identity}"]


def main(binary, resolved, checkouts, license):
    text = pathlib.Path(license).read_text()
    year = re.search(r"Copyright (?:\([cC]\) )?(.*)", text)[1]
    body = text[text.index("Permission is hereby"):]
    print("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/")
    print("Upstream-Name: OVAKit")
    print("Comment: The texts and notices of what is linked into the command are in"
          "\n /usr/share/doc/ova/notices.\n")
    print(f"Files: *\nCopyright: {year}\nLicense: MIT\n")
    for package in contents.swift_packages(binary, resolved, checkouts):
        print(f"Files: {package.identity}/*")
        print("Copyright: " + "\n ".join(dict.fromkeys(holders(package))))
        print(f"License: {license_of(package)}")
        print(f"Comment: version {package.version}, linked in; {package.address}\n")
    print("Files: swift-runtime/*\nCopyright: Apple Inc. and the Swift project authors")
    print("License: Apache-2.0\nComment: linked in, with its runtime library exception\n")
    print("License: MIT\n" + paragraph(body))
    print(APACHE, end="")


if __name__ == "__main__":
    main(*sys.argv[1:])
