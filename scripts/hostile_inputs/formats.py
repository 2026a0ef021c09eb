"""Tar archives, descriptors and disks, written byte by byte: nothing here checks what it is told."""
import hashlib
import struct
import zlib

from .kinds import Input

SECTOR = 512
GRAIN = 128 * SECTOR
NAMESPACE = "http://schemas.dmtf.org/ovf/envelope/1"
CIM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/"
STREAM = "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"


def noise(length, seed):
    """Bytes that do not compress, the same each time."""
    return hashlib.shake_128(str(seed).encode()).digest(length)


# ---- tar


def header(name, size=0, flag=b"0", link=b"", prefix=b"", size_field=None, checksum=None):
    """One header block; fields that are given as bytes are taken as they are."""
    name = name.encode() if isinstance(name, str) else name
    size_field = size_field or b"%011o\0" % size
    block = bytearray(
        name[:100].ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2 + size_field[:12]
        + b"14524566400\0" + b" " * 8 + flag + link[:100].ljust(100, b"\0") + b"ustar\00000"
    )
    block = block.ljust(345, b"\0") + prefix[:155].ljust(155, b"\0") + bytes(12)
    block[148:156] = b"%06o\0 " % (sum(block) if checksum is None else checksum)
    return bytes(block)


def padded(content):
    return content + bytes(-len(content) % SECTOR)


def member(name, content=b"", **fields):
    return header(name, len(content), **fields) + padded(content)


def extended(records, flag=b"x"):
    """A pax header; records are `key=value` as bytes."""
    body = bytearray()
    for record in records:
        length = len(record) + 3
        while len(str(length)) + len(record) + 2 != length:
            length = len(str(length)) + len(record) + 2
        body += b"%d %s\n" % (length, record)
    return member("pax", bytes(body), flag=flag)


def write(folder, pieces, end=bytes(2 * SECTOR), name="app.ova", **counts):
    """Writes an archive from its pieces."""
    path = f"{folder}/{name}"
    with open(path, "wb") as file:
        for piece in pieces:
            file.write(piece)
        file.write(end)
    return Input(path, **counts)


# ---- descriptors


def envelope(references="", sections="", system="", attributes="", head='<?xml version="1.0"?>\n'):
    return (
        f'{head}<Envelope xmlns="{NAMESPACE}" xmlns:ovf="{NAMESPACE}" '
        f'xmlns:rasd="{CIM}CIM_ResourceAllocationSettingData" '
        f'xmlns:vssd="{CIM}CIM_VirtualSystemSettingData" '
        f'xmlns:vmw="http://www.vmware.com/schema/ovf" {attributes}>'
        f"<References>{references}</References>{sections}"
        f'<VirtualSystem ovf:id="vm"><Info>A machine</Info>{system}</VirtualSystem></Envelope>'
    ).encode()


def file_reference(number, href, attributes=""):
    return f'<File ovf:id="f{number}" ovf:href="{href}"{attributes}/>'


def disk_section(disks):
    return f"<DiskSection><Info>Disks</Info>{disks}</DiskSection>"


def disk_reference(number, capacity=1 << 30, attributes="", file=None):
    return (
        f'<Disk ovf:diskId="d{number}" ovf:fileRef="f{number if file is None else file}" '
        f'ovf:capacity="{capacity}"{attributes}/>'
    )


def hardware(items):
    return f"<VirtualHardwareSection><Info>Hardware</Info>{items}</VirtualHardwareSection>"


def with_disk(folder, content, attributes=' ovf:format="x"', file_attributes="", name="disk.vmdk", capacity=1 << 30):
    """A package of one descriptor and one disk."""
    text = envelope(
        file_reference(1, name, f' ovf:size="{len(content)}"' + file_attributes),
        disk_section(disk_reference(1, capacity, attributes)))
    return write(folder, [member("app.ovf", text), member(name, content)], members=2, references=1)


def only(folder, text, references=0):
    """A package of one descriptor."""
    return write(folder, [member("app.ovf", text)], references=references)


# ---- sparse VMDK


def sparse(capacity=1 << 21, grain=128, at=1, length=20, entries=512, redundant=0, directory=21,
           overhead=128, flags=1, version=1, compression=0):
    return struct.pack(
        "<4sIIQQQQIQQQB4sH", b"KDMV", version, flags, capacity, grain, at, length, entries,
        redundant, directory, overhead, 0, b"\n \r\n", compression).ljust(SECTOR, b"\0")


def disk_text(capacity, kind="streamOptimized", extents=None):
    lines = "\n".join(extents or [f'RW {capacity} SPARSE "x.vmdk"'])
    return (
        f'# Disk DescriptorFile\nversion=1\nCID=12345678\nparentCID=ffffffff\ncreateType="{kind}"\n'
        f'{lines}\nddb.adapterType = "lsilogic"\n').encode()


def marker(value, kind):
    return struct.pack("<QII", value, 0, kind).ljust(SECTOR, b"\0")


def packed_grain(number, content):
    body = zlib.compress(content)
    return padded(struct.pack("<QI", number * 128, len(body)) + body)


def stream(grains, capacity):
    """A stream-optimized disk; `grains` are pairs of number and compressed piece, in order."""
    text = disk_text(capacity).ljust(20 * SECTOR, b"\0")
    out = bytearray(
        sparse(capacity, overhead=128, directory=2**64 - 1, flags=0x30001, version=3, compression=1)
        + text)
    out += bytes(128 * SECTOR - len(out))
    directory = [0] * -(-capacity // (128 * 512))
    table, current = [0] * 512, None

    def close():
        out.extend(marker(4, 1))
        directory[current] = len(out) // SECTOR
        out.extend(struct.pack("<512I", *table))

    for number, piece in grains:
        if current not in (None, number // 512):
            close()
            table = [0] * 512
        current = number // 512
        table[number % 512] = len(out) // SECTOR
        out += piece
    if current is not None:
        close()
    body = padded(struct.pack(f"<{len(directory)}I", *directory))
    out += marker(len(body) // SECTOR, 2)
    where = len(out) // SECTOR
    out += body + marker(1, 3)
    out += sparse(capacity, directory=where, flags=0x30001, version=3, compression=1)
    return bytes(out + bytes(SECTOR))
