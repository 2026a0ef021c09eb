"""Disks whose headers and tables claim what is not there."""
import array
import os
import shutil
import struct
import subprocess
import zlib

from .formats import (
    GRAIN, SECTOR, disk_reference, disk_section, disk_text, envelope, file_reference, member,
    noise, packed_grain, padded, sparse, stream, with_disk, write)
from .kinds import fixed, kind


def numbers(count, start=0, step=1, width="I"):
    """Table entries, each another number."""
    most = (1 << (32 if width == "I" else 63)) - 1
    return array.array(width, ((start + i * step) % most for i in range(count))).tobytes()


# ---- VMDK: claims


def claims(name, **fields):
    def make(folder, number):
        return with_disk(folder, sparse(**fields) + bytes(1 << 20))

    make.__name__ = "vmdk_" + name
    return fixed("VMDK")(make)


claims("capacity_of_2_to_63", capacity=1 << 63)
claims("capacity_of_2_to_54", capacity=(1 << 54) - 1)
claims("capacity_of_none", capacity=0)
claims("grains_of_none", grain=0)
claims("grains_of_3", grain=3)
claims("grains_of_2_to_40", grain=1 << 40)
claims("tables_of_none", entries=0)
claims("tables_of_2_to_32", entries=2**32 - 1)
claims("directory_of_terabytes", capacity=1 << 36, directory=30)
claims("directory_of_gigabytes_in_a_stream", capacity=1 << 36, directory=2**64 - 1, flags=0x30001,
       version=3, compression=1)
claims("directory_past_the_end", directory=1 << 50)
claims("directory_on_the_header", directory=0, redundant=0, flags=3)
claims("text_past_the_end", at=1 << 55, length=1 << 55)
claims("text_of_gigabytes", length=1 << 33)
claims("overhead_past_the_end", overhead=1 << 60)


@kind("VMDK", 1 << 14, 1 << 22)
def a_directory_of_distinct_entries(folder, number):
    """Each entry of the directory names another table, none of which is there."""
    head = sparse(capacity=number * 512 * 128, at=0, length=0, directory=1)
    return with_disk(folder, head + numbers(number, 40_000, 1000))


@kind("VMDK", 1 << 14, 1 << 22)
def a_directory_that_counts_down(folder, number):
    head = sparse(capacity=number * 512 * 128, at=0, length=0, directory=1)
    return with_disk(folder, head + numbers(number, 4_000_000_000, -7) + bytes(1 << 20))


@kind("VMDK", 1 << 14, 1 << 22)
def a_directory_of_one_table(folder, number):
    """Each entry of the directory names the same table."""
    where = 1 + number // 128
    head = sparse(capacity=number * 512 * 128, at=0, length=0, directory=1, overhead=where)
    table = numbers(512, where + 4, 0)
    return with_disk(folder, head + struct.pack("<I", where) * number + table + bytes(GRAIN))


@kind("VMDK", 1 << 16, 12 << 20)
def grain_tables_of_distinct_entries(folder, number):
    """Tables that are there, with entries that are not."""
    tables = number // 512
    at = 1 + -(-tables * 4 // SECTOR)
    head = sparse(capacity=number * 128, at=0, length=0, directory=1, overhead=at + tables * 4)
    directory = padded(numbers(tables, at, 4))
    return with_disk(folder, head + directory + numbers(number, 1 << 20, 129))


@kind("VMDK", 1 << 16, 12 << 20)
def grain_tables_of_one_grain(folder, number):
    tables = number // 512
    at = 1 + -(-tables * 4 // SECTOR)
    data = at + tables * 4
    head = sparse(capacity=number * 128, at=0, length=0, directory=1, overhead=data)
    directory = padded(numbers(tables, at, 4))
    return with_disk(
        folder, head + directory + struct.pack("<I", data) * number + bytes(GRAIN))


@kind("VMDK", 500, 40_000)
def a_stream_of_small_grains(folder, number):
    piece = [packed_grain(i, bytes(GRAIN)) for i in range(number)]
    disk = stream(enumerate(piece), number * 128)
    return with_disk(folder, disk, capacity=number * GRAIN)


@kind("VMDK", 500, 40_000)
def a_stream_that_counts_down(folder, number):
    """Grains in the order from the last to the first, each in a table of its own."""
    out = sparse(capacity=number * 128 * 512, overhead=128, directory=2**64 - 1, flags=0x30001,
                 version=3, compression=1) + bytes(127 * SECTOR)
    body = zlib.compress(bytes(GRAIN))
    grains = b"".join(
        padded(struct.pack("<QI", i * 128 * 512, len(body)) + body)
        for i in range(number - 1, -1, -1))
    return with_disk(folder, out + grains)


@kind("VMDK", 500, 40_000)
def a_stream_of_one_grain_again_and_again(folder, number):
    out = sparse(capacity=1 << 21, overhead=128, directory=2**64 - 1, flags=0x30001, version=3,
                 compression=1) + bytes(127 * SECTOR)
    return with_disk(folder, out + packed_grain(1, bytes(GRAIN)) * number)


@kind("VMDK", 1 << 12, 1 << 17)
def markers_without_end(folder, number):
    out = sparse(capacity=1 << 40, overhead=128, directory=2**64 - 1, flags=0x30001, version=3,
                 compression=1) + bytes(127 * SECTOR)
    kinds = (1, 2, 3, 4, 77)
    return with_disk(
        folder, out + b"".join(
            struct.pack("<QII", 0, 0, kinds[i % 5]).ljust(SECTOR, b"\0") for i in range(number)))


@fixed("VMDK")
def a_marker_of_4_gigabytes(folder, number):
    out = sparse(capacity=1 << 21, overhead=128, directory=2**64 - 1, flags=0x30001, version=3,
                 compression=1) + bytes(127 * SECTOR)
    return with_disk(folder, out + struct.pack("<QI", 0, 2**32 - 1) + bytes(1 << 20))


@fixed("VMDK")
def a_marker_of_2_to_63_sectors(folder, number):
    out = sparse(capacity=1 << 21, overhead=128, directory=2**64 - 1, flags=0x30001, version=3,
                 compression=1) + bytes(127 * SECTOR)
    return with_disk(folder, out + struct.pack("<QII", 2**63, 0, 1).ljust(SECTOR, b"\0") * 2)


@fixed("VMDK")
def grains_that_inflate_to_mebibytes(folder, number):
    body = zlib.compress(bytes(60 << 20), 9)
    out = sparse(capacity=1 << 21, overhead=128, directory=2**64 - 1, flags=0x30001, version=3,
                 compression=1) + bytes(127 * SECTOR)
    grain = padded(struct.pack("<QI", 0, len(body)) + body)
    return with_disk(folder, out + grain * 16)


@fixed("VMDK")
def grains_of_64_mebibytes(folder, number):
    """A grain size that some accept, with grains that fill it."""
    sectors = 1 << 17
    body = zlib.compress(bytes(sectors * SECTOR), 9)
    out = sparse(capacity=1 << 24, grain=sectors, overhead=128, directory=2**64 - 1, flags=0x30001,
                 version=3, compression=1) + bytes(127 * SECTOR)
    return with_disk(folder, out + b"".join(
        padded(struct.pack("<QI", i * sectors, len(body)) + body) for i in range(16)))


@kind("VMDK", 1_000, 100_000)
def extents_without_end(folder, number):
    lines = [f'RW 1 FLAT "e{i}.vmdk" 0' for i in range(number)]
    return with_disk(folder, disk_text(number, "twoGbMaxExtentFlat", lines))


@kind("VMDK", 1_000, 9_000)
def extents_that_are_there(folder, number):
    """Sparse extents, all of them the same member under one name or another."""
    lines = [f'RW 2097152 SPARSE "./e{i % 100}.vmdk"' for i in range(number)]
    text = disk_text(number, "twoGbMaxExtentSparse", lines)
    refs = file_reference(1, "disk.vmdk")
    pieces = [member("app.ovf", envelope(refs, disk_section(disk_reference(1)))),
              member("disk.vmdk", text)]
    pieces += [member(f"e{i}.vmdk", sparse(at=0, length=0) + bytes(70_000)) for i in range(100)]
    return write(folder, pieces, members=102, references=1)


@kind("VMDK", 200, 4_000)
def texts_that_name_each_other(folder, number):
    """Every disk's text has every other disk for extents."""
    refs = "".join(file_reference(i, f"{i}.vmdk") for i in range(number))
    disks = "".join(disk_reference(i) for i in range(number))
    pieces = [member("app.ovf", envelope(refs, disk_section(disks)))]
    for i in range(number):
        lines = [f'RW 1 FLAT "{(i + k) % number}.vmdk" 0' for k in range(8)]
        pieces.append(member(f"{i}.vmdk", disk_text(8, "twoGbMaxExtentFlat", lines)))
    return write(folder, pieces, members=number + 1, references=number)


@kind("VMDK", 1 << 17, 3 << 20)
def a_text_of_mebibytes_on_one_line(folder, number):
    return with_disk(folder, disk_text(1) + b"ddb." + b"x" * number)


@kind("VMDK", 10_000, 250_000)
def keys_of_a_text(folder, number):
    return with_disk(folder, disk_text(1) + b"".join(b'ddb.k%d="v"\n' % i for i in range(number)))


@fixed("VMDK")
def extents_with_paths(folder, number):
    lines = ['RW 1 FLAT "/dev/sda" 0', 'RW 1 FLAT "../../etc/passwd" 0', 'RW 1 FLAT "a\0b" 0']
    return with_disk(folder, disk_text(3, "monolithicFlat", lines).replace(b"12345678", b"xyz\0"))


@kind("VMDK", 50, 2_000)
def disks_without_end(folder, number):
    """Sound small disks, each a member."""
    disk = stream([(0, packed_grain(0, b"x" * GRAIN))], 1 << 14)
    refs = "".join(file_reference(i, f"{i}.vmdk", f' ovf:size="{len(disk)}"') for i in range(number))
    disks = "".join(disk_reference(i, 1 << 23) for i in range(number))
    pieces = [member("app.ovf", envelope(refs, disk_section(disks)))]
    pieces += [member(f"{i}.vmdk", disk) for i in range(number)]
    return write(folder, pieces, members=number + 1, references=number)


@kind("VMDK", 5, 60)
def directories_without_end(folder, number):
    """Disks each with a directory of a mebibyte of distinct entries."""
    head = sparse(capacity=(1 << 18) * 512 * 128, at=0, length=0, directory=1)
    disk = head + numbers(1 << 18, 40_000, 1000)
    refs = "".join(file_reference(i, f"{i}.vmdk", f' ovf:size="{len(disk)}"') for i in range(number))
    disks = "".join(disk_reference(i, 1 << 23) for i in range(number))
    pieces = [member("app.ovf", envelope(refs, disk_section(disks)))]
    pieces += [member(f"{i}.vmdk", disk) for i in range(number)]
    return write(folder, pieces, members=number + 1, references=number)


# ---- COWD and SESparse


@kind("COWD", 1 << 14, 1 << 20)
def a_cowd_directory(folder, number):
    head = struct.pack("<4sIIIIIII", b"COWD", 1, 3, 0xFFFFFFFF, 1, 4, number, 1 << 30)
    return with_disk(folder, head.ljust(4 * SECTOR, b"\0") + numbers(number, 1 << 20, 33))


@fixed("SESparse")
def a_sesparse_header_of_all_ones(folder, number):
    return with_disk(
        folder, struct.pack("<QQ", 0xCAFEBABE, 0x200000001) + b"\xff" * (1 << 20))


# ---- QCOW2


def qcow2(clusters=16, size=1 << 40, l1=1 << 10, l1_at=1 << 16, refcounts=1 << 17, refcount_clusters=1,
          snapshots=0, snapshots_at=0, backing=(0, 0), header_length=104, order=4, more=b""):
    head = struct.pack(
        ">4sIQIIQIIQQIIQQQQII", b"QFI\xfb", 3, *backing, clusters, size, 0, l1, l1_at, refcounts,
        refcount_clusters, snapshots, snapshots_at, 0, 0, 0, order, header_length)
    return head + more


@kind("QCOW2", 1 << 14, 1 << 22)
def a_qcow2_table_of_distinct_entries(folder, number):
    body = array.array("Q", (((i + 64) << 16) | 1 << 63 for i in range(number)))
    body.byteswap()
    head = qcow2(size=number << 29, l1=number).ljust(1 << 16, b"\0")
    return with_disk(folder, head + body.tobytes() + bytes(1 << 16))


@kind("QCOW2", 4, 500)
def qcow2_tables_of_one_cluster(folder, number):
    """Second-level tables full of entries that all name one cluster."""
    second = struct.pack(">Q", (1 << 63) | (2 << 16)) * 8192
    first = b"".join(struct.pack(">Q", (1 << 63) | ((3 + i) << 16)) for i in range(number))
    head = qcow2(size=number << 29, l1=number, refcounts=2 << 16).ljust(1 << 16, b"\0")
    return with_disk(folder, head + first.ljust(1 << 16, b"\0") + bytes(1 << 16) + second * number)


@fixed("QCOW2")
def qcow2_tables_of_terabytes(folder, number):
    return with_disk(folder, qcow2(size=2**63 - 1, l1=2**32 - 1, refcount_clusters=2**32 - 1).ljust(1 << 20, b"\0"))


@fixed("QCOW2")
def qcow2_clusters_of_2_to_255(folder, number):
    return with_disk(folder, qcow2(clusters=255).ljust(1 << 20, b"\0"))


@kind("QCOW2", 1_000, 65_536)
def qcow2_snapshots(folder, number):
    """Snapshots that each claim a first table of their own."""
    one = struct.pack(">QIHHIIQII", 1 << 16, 1024, 4, 4, 0, 0, 0, 0, 16) + bytes(16) + b"name" * 2
    head = qcow2(snapshots=number, snapshots_at=4 << 16).ljust(1 << 16, b"\0")
    return with_disk(folder, head + bytes(3 << 16) + one * number)


@kind("QCOW2", 1_000, 8_000)
def qcow2_header_extensions(folder, number):
    more = struct.pack(">II", 0x12345678, 0) * number
    return with_disk(folder, qcow2(more=more).ljust(1 << 20, b"\0"))


@kind("QCOW2", 4, 1_000)
def qcow2_reference_counts(folder, number):
    """A table of reference counts, all of whose blocks are the same one."""
    table = struct.pack(">Q", 3 << 16) * (8192 * number)
    head = qcow2(l1=1, refcounts=4 << 16, refcount_clusters=number).ljust(1 << 16, b"\0")
    return with_disk(folder, head + bytes(3 << 16) + table)


# ---- VHD, VHDX, VDI: qemu-img makes a sound one, then its tables are overwritten


def made(folder, form, size, change=None):
    path = f"{folder}/disk.{form}"
    subprocess.run(
        ["qemu-img", "create", "-q", "-f", form, path, str(size)], check=True,
        stdout=subprocess.DEVNULL)
    with open(path, "rb") as file:
        disk = bytearray(file.read())
    os.unlink(path)
    if change:
        change(disk)
    return with_disk(folder, bytes(disk), name=f"disk.{form}")


HAS_QEMU = shutil.which("qemu-img") is not None


def qemu(surface, small, large):
    return kind(surface, small, large) if HAS_QEMU else lambda make: make


@qemu("VHD", 1 << 30, 2000 << 30)
def vhd_tables_of_distinct_entries(folder, number):
    def change(disk):
        count, = struct.unpack_from(">I", disk, 512 + 28)
        table = array.array("I", range(1_000, 1_000 + count * 4_097, 4_097)[:count])
        table.byteswap()
        disk[1536:1536 + 4 * count] = table.tobytes()

    return made(folder, "vpc", number - (1 << 24), change)


@qemu("VHD", 0, 1)
def vhd_tables_of_gigabytes(folder, number):
    return made(folder, "vpc", 1 << 30, lambda disk: struct.pack_into(">I", disk, 540, 2**32 - 1))


@qemu("VDI", 1 << 30, 2 << 40)
def vdi_tables_of_distinct_entries(folder, number):
    def change(disk):
        at, = struct.unpack_from("<I", disk, 0x154)
        count, = struct.unpack_from("<I", disk, 0x180)
        disk[at:at + 4 * count] = array.array("I", range(7, 7 + count)).tobytes()

    return made(folder, "vdi", number, change)


@qemu("VDI", 0, 1)
def vdi_tables_of_gigabytes(folder, number):
    def change(disk):
        struct.pack_into("<Q", disk, 0x170, 2**63)
        struct.pack_into("<I", disk, 0x180, 2**32 - 1)

    return made(folder, "vdi", 1 << 30, change)


@qemu("VHDX", 1 << 34, 32 << 40)
def vhdx_tables_of_distinct_entries(folder, number):
    def change(disk):
        for at in (192 << 10, 256 << 10):
            count, = struct.unpack_from("<I", disk, at + 8)
            for k in range(count):
                entry = at + 16 + 32 * k
                if disk[entry:entry + 4] == bytes.fromhex("6677c22d"):
                    where, length = struct.unpack_from("<QI", disk, entry + 16)
                    table = array.array("Q", (((i + 8) << 20) | 6 for i in range(length // 8)))
                    disk[where:where + length] = table.tobytes()

    return made(folder, "vhdx", number, change)


@qemu("VHDX", 0, 1)
def vhdx_of_all_ones(folder, number):
    def change(disk):
        disk[(192 << 10) + 16:(193 << 10)] = b"\xff" * 1008
        disk[(256 << 10) + 16:(257 << 10)] = b"\xff" * 1008

    return made(folder, "vhdx", 1 << 30, change)


# ---- raw disks and images


@kind("raw", 16, 1 << 17)
def partitions_without_end(folder, number):
    disk = bytearray(3 * SECTOR + number * 128)
    struct.pack_into("<8sIIIIQQQQ16sQIII", disk, SECTOR, b"EFI PART", 0x10000, 92, 0, 0, 1, 1 << 40,
                     2, 1 << 40, bytes(16), 2, number, 128, 0)
    struct.pack_into("<I", disk, SECTOR + 16, zlib.crc32(bytes(disk[SECTOR:SECTOR + 92])))
    disk[510:512] = b"\x55\xaa"
    disk[450] = 0xEE
    for i in range(number):
        struct.pack_into("<16s16sQQ", disk, 2 * SECTOR + 128 * i, b"t" * 16, b"%016d" % i, i, i)
    return with_disk(folder, bytes(disk) + bytes(1 << 20), name="disk.raw")


@fixed("raw")
def partitions_of_terabytes(folder, number):
    disk = bytearray(1 << 20)
    struct.pack_into("<8sIIIIQQQQ16sQIII", disk, SECTOR, b"EFI PART", 0x10000, 92, 0, 0, 1, 2**63,
                     2, 2**63, bytes(16), 2, 2**32 - 1, 2**32 - 1, 0)
    disk[510:512] = b"\x55\xaa"
    disk[450] = 0xEE
    return with_disk(folder, bytes(disk), name="disk.raw")


def iso(records, size):
    """An image whose root directory has given records and claims a given size."""
    image = bytearray(20 * 2048)
    image[16 * 2048:16 * 2048 + 7] = b"\1CD001\1"
    struct.pack_into("<I", image, 16 * 2048 + 80, 2**31)
    root = struct.pack("<BBIIII7xBBBI", 34, 0, 18, 0, size, 0, 2, 0, 0, 1)
    image[16 * 2048 + 156:16 * 2048 + 156 + len(root)] = root
    image[17 * 2048:17 * 2048 + 7] = b"\xffCD001\1"
    return bytes(image[:18 * 2048]) + records


@kind("ISO 9660", 20, 2_000)
def folders_that_hold_themselves(folder, number):
    """Every folder holds folders that are the first one again."""
    record = struct.pack("<BBIIII7xBBBI", 40, 0, 18, 0, number * 2048, 0, 2, 0, 0, 1) + b"\1D" + bytes(4)
    record = record[:32] + b"\1D" + bytes(6)
    records = (record * 51).ljust(2048, b"\0")
    return with_disk(folder, iso(records * number, number * 2048), name="disk.iso")


@fixed("ISO 9660")
def a_folder_of_gigabytes(folder, number):
    return with_disk(folder, iso(bytes(1 << 20), 2**32 - 1), name="disk.iso")
