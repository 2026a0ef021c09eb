"""Writes the bill of materials of a build as CycloneDX 1.5 JSON.

Usage: sbom.py BINARY RESOLVED CHECKOUTS VERSION COMMIT EPOCH >FILE
  BINARY has its symbols; EPOCH is the commit's time in seconds.
"""
import datetime
import hashlib
import json
import platform
import re
import sys
import urllib.parse
import uuid

import contents

LICENSES = {"apache": "Apache-2.0", "mit": "MIT"}


def license_of(package):
    """A Swift package's license by the text of its license file."""
    for path in sorted(package.folder.glob("LICENSE*")):
        text = path.read_text(errors="replace").lower()
        if "apache license" in text:
            return LICENSES["apache"]
        if "permission is hereby granted, free of charge" in text:
            return LICENSES["mit"]
    return None


def component(kind, name, version, purl, license=None, hashes=(), **more):
    entry = {"type": kind, "bom-ref": purl, "name": name, "version": version, "purl": purl}
    if license:
        entry["licenses"] = [{"license": {"id": license}}]
    if hashes:
        entry["hashes"] = [{"alg": "SHA-256", "content": digest} for digest in hashes]
    return entry | more


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def system():
    """The system whose libraries these are, as package addresses name it."""
    facts = platform.freedesktop_os_release()
    return facts["ID"], f"{facts['ID']}-{facts.get('VERSION_ID', 'unknown')}"


def main(binary, resolved, checkouts, version, commit, epoch):
    identity, distribution = system()
    components = []
    for package in contents.swift_packages(binary, resolved, checkouts):
        place = re.sub(r"^\w+://", "", package.address)
        components.append(component(
            "library", package.identity, package.version, f"pkg:swift/{place}@{package.version}",
            license_of(package),
            externalReferences=[{"type": "vcs", "url": package.address}]))
    toolchain = contents.run("swift", "--version").split("\n")[0]
    number = re.search(r"Swift version (\S+)", toolchain)[1]
    components.append(component(
        "library", "swift-runtime", number, f"pkg:generic/swift@{number}", "Apache-2.0",
        description="Swift's standard library, Dispatch and Foundation with its ICU, linked in"))
    for library in contents.libraries(binary):
        number = urllib.parse.quote(library.version, safe="")
        purl = f"pkg:deb/{identity}/{library.package}@{number}?distro={distribution}"
        if all(entry["bom-ref"] != purl for entry in components):
            components.append(component(
                "library", library.package, library.version, purl, None, [digest(library.path)],
                properties=[{"name": "ovakit:soname", "value": library.soname}]))
    subject = f"pkg:generic/ova@{version}"
    time = datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc)
    json.dump({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'ova:{version}:{commit}')}",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": component(
                "application", "ova", version, subject, "MIT",
                properties=[{"name": "ovakit:commit", "value": commit}]),
        },
        "components": components,
        "dependencies": [
            {"ref": subject, "dependsOn": [entry["bom-ref"] for entry in components]}],
    }, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main(*sys.argv[1:])
