"""Compares `ova inspect --format vss` with vss-cli's own reader; see scripts/test-vss."""

import collections
import json
import pathlib
import subprocess
import sys

from vss_cli.ovf_helper import parse_ovf

LISTS = ("Files", "Disks", "Networks", "DeploymentOptionParams", "PropertyParams")


def reason(key, theirs, ours, source):
    """Why the client's value for a key is another one; None when there is no known reason."""
    if theirs is None and ours is not None:
        if key in ("Name", "Product", "Version", "Vendor", "PropertyParams"):
            if "VirtualSystemCollection" in source:
                return "the client reads no machines in collections"
            return "the client misses product sections that are several or prefixed"
        return "the client misses elements by their prefix or place"
    if isinstance(theirs, (dict, list)) and key in ("Product", "Version", "Vendor", "Name"):
        return "the client prints an element with attributes as a mapping, without its text"
    if key == "Vendor" or key == "Product" or key == "Version":
        return "the client takes the last product section, or the full version"
    if key in LISTS and isinstance(theirs, list) and isinstance(ours, list):
        if len(theirs) != len(ours):
            return "the client misses or repeats elements by their prefix or place"
        for a, b in zip(theirs, ours):
            for field in b:
                if a.get(field) == b[field]:
                    continue
                if isinstance(a.get(field), (dict, list)):
                    return "the client prints an element with attributes as a mapping"
                if a.get(field) is None:
                    return "the client misses attributes without prefix and texts of bundles"
                if field == "default":
                    return "a password, or the value for the default deployment option"
                if str(a[field]).split() == str(b[field]).split():
                    return "white space"
                return None
    return None


def main(ova, folder):
    paths = sorted(str(path) for path in pathlib.Path(folder).rglob("*.ovf"))
    count = collections.Counter()
    unexplained = []
    for path in paths:
        answer = subprocess.run(
            [ova, "inspect", "--format", "vss", path], capture_output=True, text=True)
        ours = json.loads(answer.stdout) if answer.returncode == 0 else None
        try:
            theirs = parse_ovf(path)
        except Exception as error:
            state = "reads" if ours is not None else "refuses too"
            count[f"the client fails ({type(error).__name__}), ova {state}"] += 1
            continue
        if ours is None:
            count["ova refuses"] += 1
            unexplained.append(f"{path}: ova: {answer.stderr.strip()[:200]}")
            continue
        if theirs == ours:
            count["equal"] += 1
            continue
        source = pathlib.Path(path).read_text(errors="replace")
        reasons = set()
        for key in sorted(set(theirs) | set(ours)):
            if theirs.get(key) != ours.get(key):
                why = reason(key, theirs.get(key), ours.get(key), source)
                reasons.add(why or "?")
                if why is None:
                    unexplained.append(
                        f"{path}: {key}: client {json.dumps(theirs.get(key))[:300]}"
                        f" ova {json.dumps(ours.get(key))[:300]}")
        for why in reasons:
            count["differs: " + why] += 1
        count["differ"] += 1
    for what, number in count.most_common():
        print(f"{number:5}  {what}")
    print(f"{len(paths):5}  descriptors")
    for line in unexplained:
        print(line)
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
