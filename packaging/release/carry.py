"""Copies the shared libraries that a binary loads, with the copyright files of their packages.

Usage: carry.py BINARY LIBRARIES COPYRIGHTS
"""
import pathlib
import shutil
import sys

import contents


def main(binary, target, copyrights):
    pathlib.Path(copyrights).mkdir(parents=True)
    for library in contents.libraries(binary):
        copy = pathlib.Path(target, library.soname)
        shutil.copyfile(library.path, copy)
        copy.chmod(0o644)
        text = pathlib.Path(f"/usr/share/doc/{library.package}/copyright").read_text()
        pathlib.Path(copyrights, f"{library.package}.txt").write_text(
            f"{library.package} {library.version} (source package {library.source})\n\n{text}")


if __name__ == "__main__":
    main(*sys.argv[1:])
