"""Writes the toolchain's ICU library with only the data that the command needs, to be linked instead.

Foundation carries ICU's data for every language and every legacy character set: over half of the
linked command. What stays here is what works on text of any language and on time zones: normal forms,
properties, boundaries of words, zones, and the formats of the root locale and of English. The rest is
only needed to write dates, numbers and names as other languages do, to name languages, regions and
units, and to break lines and sentences, which the command never does.

Usage: icu.py TOOLCHAIN LIBRARY
  TOOLCHAIN is the folder above `lib/swift_static`.
"""
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile

# By the path of an item below its package. `root` and `en` of each folder of locales, pools of shared
# keys, and everything that is no locale's.
KEPT = re.compile(r"""
    (?:(?:curr|zone|brkitr)/)?(?:root|en|en_US|en_US_POSIX|en_001|pool|res_index)\.res
  | (?!unames)[^/]+\.(?:icu|nrm)
  | brkitr/(?:char|word|word_POSIX|title)\.brk
  | (?:currencyNumericCodes|dayPeriods|genderList|icustd|icuver|keyTypeData
      |langInfo|likelySubtags|metaZones|metadata|numberingSystems|pluralRanges|plurals
      |supplementalData|timezoneTypes|tzdbNames|windowsZones|zoneinfo64)\.res
""", re.VERBOSE)


# The member of the library that has the data.
MEMBER = "icu_packaged_data.cpp.o"


def run(*words, **options):
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, **options).stdout


def data(library, folder):
    """The data, and the name of its symbol, from the static library."""
    subprocess.run(["ar", "x", library, MEMBER], check=True, cwd=folder)
    symbol, size = None, 0
    for line in run("nm", "-S", f"{folder}/{MEMBER}", text=True).splitlines():
        if match := re.fullmatch(r"(\w+) (\w+) [Rr] (icudt\d+_dat)", line):
            offset, size, symbol = int(match[1], 16), int(match[2], 16), match[3]
    if not symbol:
        raise SystemExit(f"{library} has no ICU data where it is looked for")
    run("objcopy", "-O", "binary", "--only-section=.rodata*", f"{folder}/{MEMBER}", f"{folder}/raw")
    return symbol, pathlib.Path(folder, "raw").read_bytes()[offset:offset + size]


def trimmed(archive):
    """The archive without the items that are not kept: a header, a table of contents in the order of
    the names, the names, and the items, each at a multiple of 16 bytes."""
    (start,) = struct.unpack_from("<H", archive)
    magic, kind = archive[2:4], archive[12:16]
    if magic != b"\xda\x27" or kind != b"CmnD":
        raise SystemExit("the ICU data is no archive of the known form")
    (count,) = struct.unpack_from("<I", archive, start)
    table = [struct.unpack_from("<II", archive, start + 4 + 8 * place) for place in range(count)]
    ends = [offset for _, offset in table[1:]] + [len(archive) - start]
    items = []
    for (name, offset), end in zip(table, ends):
        name = archive[start + name:archive.index(b"\0", start + name)]
        if KEPT.fullmatch(name.decode().partition("/")[2]):
            items.append((name, archive[start + offset:start + end]))
    names_at = 4 + 8 * len(items)
    names = b"".join(name + b"\0" for name, _ in items)
    place = -(-(names_at + len(names)) // 16) * 16
    contents = struct.pack("<I", len(items))
    body, name_at = b"", names_at
    for name, item in items:
        contents += struct.pack("<II", name_at, place + len(body))
        name_at += len(name) + 1
        body += item + b"\0" * (-len(item) % 16)
    return archive[:start] + (contents + names).ljust(place, b"\0") + body, count, len(items)


def main(toolchain, target):
    with tempfile.TemporaryDirectory() as folder:
        library = pathlib.Path(toolchain, "lib/swift_static/linux/lib_FoundationICU.a").resolve()
        symbol, whole = data(library, folder)
        kept, before, after = trimmed(whole)
        pathlib.Path(folder, "data").write_bytes(kept)
        pathlib.Path(folder, "data.S").write_text(f"""\
\t.section .rodata.{symbol},"a",@progbits
\t.globl {symbol}
\t.type {symbol}, @object
\t.balign 16
{symbol}:
\t.incbin "data"
\t.size {symbol}, . - {symbol}
\t.section .note.GNU-stack,"",@progbits
""")
        subprocess.run(["clang", "-c", "data.S", "-o", MEMBER], check=True, cwd=folder)
        shutil.copy(library, target)
        # Without times and owners, so that the bytes are the same every time.
        subprocess.run(
            ["ar", "rD", str(pathlib.Path(target).resolve()), MEMBER], check=True, cwd=folder)
    print(f"ICU data: {after} of {before} items, {len(kept)} of {len(whole)} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
