"""Prints what a catalog says of packages, but for ids and times: one line each of images, files and findings.

Usage: content.py CATALOG
"""
import sqlite3
import sys

database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
for sql in (
    "SELECT path, name, data_store, folder, label, public, state, state_detail FROM v_images",
    "SELECT path, name, member, size_bytes, sha256 FROM v_files",
    "SELECT path, severity, rule, file, line, message, fix FROM v_findings",
):
    for row in sorted(database.execute(sql), key=repr):
        print(*row, sep=" | ")
