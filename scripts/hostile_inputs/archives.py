"""Archives: members, headers and names without end."""
import gzip
import os

from .formats import (
    SECTOR, envelope, extended, file_reference, header, member, noise, only, padded, write)
from .kinds import Input, fixed, kind

PLAIN = member("app.ovf", envelope())


@kind("tar", 1_000, 24_990)
def empty_members(folder, number):
    """Members without a byte, each with a name of its own."""
    return write(
        folder, [PLAIN] + [member(f"{i:x}.bin") for i in range(number)], members=number + 1)


@kind("tar", 1_000, 24_990)
def members_of_one_name(folder, number):
    return write(folder, [PLAIN] + [member("same.bin")] * number, members=number + 1)


@kind("tar", 500, 24_990)
def descriptors_of_one_name(folder, number):
    return write(folder, [PLAIN] * number, members=number)


@kind("tar", 500, 24_990)
def descriptors_without_end(folder, number):
    return write(
        folder, [member(f"{i}.ovf", envelope()) for i in range(number)], members=number)


@kind("tar", 1_000, 24_990)
def folders_without_end(folder, number):
    return write(
        folder, [PLAIN] + [member(f"{i}/", flag=b"5") for i in range(number)], members=number + 1)


@kind("tar", 500, 24_990)
def members_in_deep_folders(folder, number):
    deep = "d/" * 40
    return write(
        folder, [PLAIN] + [member(f"{deep}{i}", b"x") for i in range(number)], members=number + 1)


@kind("tar", 500, 24_990)
def links_as_references(folder, number):
    """Symbolic and hard links, devices and pipes that the descriptor references."""
    flags = (b"1", b"2", b"3", b"4", b"6")
    refs = "".join(file_reference(i, f"{i}.vmdk") for i in range(number))
    pieces = [member("app.ovf", envelope(refs))]
    pieces += [
        member(f"{i}.vmdk", flag=flags[i % 5], link=b"/etc/passwd") for i in range(number)]
    return write(folder, pieces, members=number + 1, references=number)


@kind("tar", 1_000, 24_990)
def global_headers_without_end(folder, number):
    return write(folder, [extended([b"comment=x"], b"g")] * number + [PLAIN], members=number)


@kind("tar", 200, 8_000)
def pax_headers_of_many_records(folder, number):
    """Before each of 20 members a header of `number` records."""
    records = extended([b"SCHILY.xattr.user.%d=x" % i for i in range(number)])
    return write(
        folder, [PLAIN] + [records + member(f"{i}.bin") for i in range(20)], members=21)


@kind("tar", 1 << 20, 60 << 20)
def a_pax_header_of_mebibytes(folder, number):
    return write(folder, [extended([b"comment=" + b"c" * number]) + PLAIN])


@kind("tar", 1 << 20, 60 << 20)
def a_pax_path_of_mebibytes(folder, number):
    return write(folder, [PLAIN, extended([b"path=" + b"p" * number]) + member("x")], members=2)


@kind("tar", 1 << 20, 60 << 20)
def a_gnu_name_of_mebibytes(folder, number):
    return write(
        folder, [PLAIN, member("././@LongLink", b"n" * number, flag=b"L") + member("x")],
        members=2)


@kind("tar", 1 << 20, 60 << 20)
def a_gnu_link_of_mebibytes(folder, number):
    return write(
        folder, [PLAIN, member("././@LongLink", b"n" * number, flag=b"K")
                 + member("x", flag=b"2")], members=2)


@kind("tar", 100, 10_000)
def names_of_four_kibibytes(folder, number):
    names = [b"%08d" % i + b"n" * 4_080 for i in range(number)]
    return write(
        folder, [PLAIN] + [extended([b"path=" + name]) + member("x") for name in names],
        members=2 * number)


@kind("tar", 500, 24_990)
def gnu_sparse_members(folder, number):
    """Old GNU sparse members that claim terabytes."""
    block = bytearray(header("s", 0, b"S"))
    block[257:265] = b"ustar  \0"
    block[483:495] = b"\x80" + (1 << 44).to_bytes(11, "big")
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return write(folder, [PLAIN] + [bytes(block)] * number, members=number + 1)


@kind("tar", 2_000, 200_000)
def a_gnu_sparse_map_without_end(folder, number):
    """One sparse member whose map goes on block after block."""
    block = bytearray(header("s", SECTOR, b"S"))
    block[257:265] = b"ustar  \0"
    block[482] = 1
    block[483:495] = b"%011o\0" % (number * 21 * 1024)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    more = b""
    pieces = [PLAIN, bytes(block)]
    at = 0
    for i in range(number):
        more = b"".join(b"%011o\0%011o\0" % (at + 1024 * k, 0) for k in range(21))
        at += 1024 * 21
        pieces.append(more + (b"\1" if i + 1 < number else b"\0") + bytes(7))
    return write(folder, pieces + [bytes(SECTOR)], members=2)


@kind("tar", 5_000, 500_000)
def a_pax_sparse_map_without_end(folder, number):
    """GNU's sparse map in the member's data."""
    body = b"%d\n" % number + b"".join(b"%d\n0\n" % (i * 1024) for i in range(number))
    records = [b"GNU.sparse.major=1", b"GNU.sparse.minor=0", b"GNU.sparse.name=s.bin",
               b"GNU.sparse.realsize=%d" % (1 << 50)]
    return write(folder, [PLAIN, extended(records) + member("s", body)], members=2)


@kind("tar", 5_000, 500_000)
def a_pax_sparse_map_in_the_header(folder, number):
    text = b",".join(b"%d,0" % (i * 1024) for i in range(number))
    records = [b"GNU.sparse.map=" + text, b"GNU.sparse.size=%d" % (1 << 50)]
    return write(folder, [PLAIN, extended(records) + member("s")], members=2)


@fixed("tar")
def a_size_beyond_the_file(folder, number):
    return write(folder, [PLAIN, header("x.vmdk", 8 << 30)], members=2)


@fixed("tar")
def a_size_of_2_to_63(folder, number):
    field = b"\x80" + bytes(3) + (2**63 - 1).to_bytes(8, "big")
    return write(folder, [PLAIN, header("x.vmdk", size_field=field)], members=2)


@fixed("tar")
def a_negative_size(folder, number):
    return write(folder, [PLAIN, header("x.vmdk", size_field=b"\xff" * 12)], members=2)


@fixed("tar")
def a_pax_size_of_2_to_64(folder, number):
    return write(
        folder, [PLAIN, extended([b"size=18446744073709551615"]) + member("x", b"x")], members=2)


@fixed("tar")
def a_wrong_checksum(folder, number):
    return write(folder, [PLAIN, header("x.vmdk", checksum=1)], members=2)


@fixed("tar")
def a_prefix_that_leads_out(folder, number):
    return write(
        folder, [PLAIN, member("etc/passwd", b"x", prefix=b"../.."),
                 extended([b"path=../../x"]) + member("y", b"y")], members=3)


@kind("tar", 1 << 20, 256 << 20)
def zeros_after_the_end(folder, number):
    result = write(folder, [PLAIN])
    os.truncate(result.path, os.path.getsize(result.path) + number)
    return result


@kind("tar", 1 << 20, 128 << 20)
def noise_after_the_end(folder, number):
    return write(folder, [PLAIN], bytes(1024) + noise(number, 1))


@kind("tar", 1 << 20, 128 << 20)
def a_compressed_archive(folder, number):
    path = f"{folder}/app.ova"
    with gzip.GzipFile(path, "wb", mtime=0) as file:
        file.write(PLAIN + member("x.vmdk", bytes(number)) + bytes(1024))
    return Input(path, members=2)


@kind("tar", 1 << 20, 128 << 20)
def noise_for_an_archive(folder, number):
    path = f"{folder}/app.ova"
    with open(path, "wb") as file:
        file.write(noise(number, 2))
    return Input(path)


@kind("references", 1_000, 24_980)
def missing_references_and_members(folder, number):
    """As many members as references, none of which is the other."""
    refs = "".join(file_reference(i, f"disk-{i:07d}.vmdk") for i in range(number))
    pieces = [member("app.ovf", envelope(refs))]
    pieces += [member(f"dosk-{i + 500_000:07d}.vmdk") for i in range(number)]
    return write(folder, pieces, members=number + 1, references=number)


@kind("references", 1_000, 24_980)
def references_in_another_case(folder, number):
    refs = "".join(file_reference(i, f"DISK-{i:07d}.VMDK") for i in range(number))
    pieces = [member("app.ovf", envelope(refs))]
    pieces += [member(f"disk-{i:07d}.vmdk") for i in range(number)]
    return write(folder, pieces, members=number + 1, references=number)


@kind("references", 1_000, 24_980)
def references_of_one_member(folder, number):
    refs = "".join(file_reference(i, "disk.bin") for i in range(number))
    return write(
        folder, [member("app.ovf", envelope(refs)), member("disk.bin", b"x")], members=2,
        references=number)


@kind("chunks", 1_000, 24_990)
def chunks_without_end(folder, number):
    refs = file_reference(1, "disk.bin", f' ovf:size="{number}" ovf:chunkSize="1"')
    pieces = [member("app.ovf", envelope(refs))]
    pieces += [member(f"disk.bin.{i:09d}", b"x") for i in range(number)]
    return write(folder, pieces, members=number + 1, references=number)


@kind("chunks", 1_000, 20_000)
def references_of_the_same_chunks(folder, number):
    refs = "".join(
        file_reference(i, "disk.bin", ' ovf:size="1000" ovf:chunkSize="1"') for i in range(number))
    pieces = [member("app.ovf", envelope(refs))]
    pieces += [member(f"disk.bin.{i:09d}", b"x") for i in range(1000)]
    return write(folder, pieces, members=1001, references=number)


@kind("chunks", 500, 12_490)
def chunked_files_without_end(folder, number):
    """Each file in two chunks, and every other one lacks its first."""
    refs = "".join(
        file_reference(i, f"{i}.bin", ' ovf:size="2" ovf:chunkSize="1"') for i in range(number))
    pieces = [member("app.ovf", envelope(refs))]
    for i in range(number):
        if i % 2:
            pieces.append(member(f"{i}.bin.{0:09d}", b"x"))
        pieces.append(member(f"{i}.bin.{1:09d}", b"x"))
    return write(folder, pieces, members=2 * number, references=number)


@fixed("chunks")
def chunks_of_one_byte_claimed(folder, number):
    refs = file_reference(1, "disk.bin", f' ovf:size="{2**63}" ovf:chunkSize="1"')
    return write(
        folder, [member("app.ovf", envelope(refs)), member("disk.bin.999999999", b"x")],
        members=2, references=1)


@kind("folder", 2_000, 90_000)
def a_folder_of_many_files(folder, number):
    """A descriptor beside files that are not its own."""
    place = f"{folder}/package"
    os.mkdir(place)
    refs = "".join(file_reference(i, f"disk-{i:07d}.vmdk") for i in range(number // 10))
    with open(f"{place}/app.ovf", "wb") as file:
        file.write(envelope(refs))
    for i in range(number):
        os.close(os.open(f"{place}/dosk-{i:07d}.vmdk", os.O_CREAT | os.O_WRONLY))
    return Input(place, members=number, references=number // 10)


@kind("names", 500, 20_000)
def hrefs_of_every_kind(folder, number):
    kinds = (
        "/etc/passwd", "../{}", "%2e%2e%2f{}", "file:///{}", "a\\{}", "{}%00b", "{}.", "{} ", "CON",
        "\uff57{}", "http://192.0.2.1/{}", "a/" * 100 + "{}", "./{}/../{}", "{}%", "%zz{}", "C:{}")
    refs = "".join(
        file_reference(i, kinds[i % len(kinds)].replace("{}", str(i))) for i in range(number))
    return only(folder, envelope(refs), references=number)


@kind("names", 200, 3_000)
def hrefs_of_four_kibibytes(folder, number):
    refs = "".join(file_reference(i, f"{i:08d}" + "n" * 4_080) for i in range(number))
    return only(folder, envelope(refs), references=number)
