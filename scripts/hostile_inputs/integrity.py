"""Manifests, certificates and compressed files."""
import gzip
import hashlib
import os
import shutil
import struct
import subprocess
import zlib

from .formats import envelope, file_reference, header, member, noise, padded, write
from .kinds import fixed, kind

DIGEST = "0" * 64


def with_manifest(folder, lines, pieces=(), references="", certificate=b"", **counts):
    manifest = lines if isinstance(lines, bytes) else lines.encode()
    first = [member("app.ovf", envelope(references)), member("app.mf", manifest)]
    if certificate:
        first.append(member("app.cert", certificate))
    return write(folder, first + list(pieces), **counts)


# ---- manifests


@kind("manifest", 10_000, 180_000)
def lines_without_end(folder, number):
    """A line for each of files that are not there."""
    lines = "".join(f"SHA256({i}.vmdk)= {DIGEST}\n" for i in range(number))
    return with_manifest(folder, lines, members=3)


@kind("manifest", 10_000, 180_000)
def lines_of_one_name(folder, number):
    return with_manifest(
        folder, f"SHA256(app.ovf)= {DIGEST}\n" * number, members=3)


@kind("manifest", 100_000, 7_900_000)
def lines_that_are_none(folder, number):
    return with_manifest(folder, "x\n" * number, members=3)


@kind("manifest", 100_000, 16_000_000)
def empty_lines(folder, number):
    return with_manifest(folder, "\n" * number, members=3)


@kind("manifest", 1 << 20, 15 << 20)
def a_line_of_mebibytes(folder, number):
    return with_manifest(folder, b"A" * number, members=3)


@kind("manifest", 100, 900)
def lines_just_below_the_limit(folder, number):
    lines = "".join(f"SHA256({'n' * 16_000}{i})= {DIGEST}\n" for i in range(number))
    return with_manifest(folder, lines, members=3)


@kind("manifest", 2_000, 24_990)
def lines_and_members_of_near_names(folder, number):
    lines = "".join(f"SHA256(disk-{i:07d}.vmdk)= {DIGEST}\n" for i in range(number))
    pieces = [member(f"dosk-{i:07d}.vmdk") for i in range(number)]
    return with_manifest(folder, lines, pieces, members=number)


@kind("manifest", 2_000, 24_990)
def lines_whose_digests_are_swapped(folder, number):
    """Every member has the digest of another one."""
    contents = [b"%d" % i for i in range(number)]
    digests = [hashlib.sha256(c).hexdigest() for c in contents]
    lines = "".join(
        f"SHA256({i}.bin)= {digests[(i + 1) % number]}\n" for i in range(number))
    pieces = [member(f"{i}.bin", c) for i, c in enumerate(contents)]
    return with_manifest(folder, lines, pieces, members=number)


@kind("manifest", 2_000, 24_990)
def lines_and_members_that_are_not_listed(folder, number):
    """No line names a member, and no member is named: each may be the other under a new name."""
    contents = [b"%d" % i for i in range(number)]
    lines = "".join(
        f"SHA256(old-{i}.bin)= {hashlib.sha256(b'x' + c).hexdigest()[:40 + i % 25]}\n"
        for i, c in enumerate(contents))
    pieces = [member(f"{i}.bin", c) for i, c in enumerate(contents)]
    return with_manifest(folder, lines, pieces, members=number)


@kind("manifest", 1_000, 12_000)
def files_of_wrong_size_and_digest(folder, number):
    """Each of the files that are referenced has another size and digest than is written."""
    refs = "".join(file_reference(i, f"{i}.bin", ' ovf:size="9"') for i in range(number))
    lines = "".join(f"SHA256({i}.bin)= {DIGEST}\n" for i in range(number))
    pieces = [member(f"{i}.bin", b"x") for i in range(number)]
    return with_manifest(
        folder, lines, pieces, references=refs, members=number)


@kind("manifest", 1_000, 20_000)
def text_files_whose_digests_differ(folder, number):
    """Small files for each of which it could be searched what changed."""
    content = b"key=value\r\n" * 80
    lines = "".join(f"SHA256({i}.txt)= {DIGEST}\n" for i in range(number))
    pieces = [member(f"{i}.txt", content) for i in range(number)]
    return with_manifest(folder, lines, pieces, members=number)


@kind("manifest", 1 << 20, 24 << 20)
def a_text_whose_digest_differs(folder, number):
    pieces = [member("a.txt", b"key=value\r\n" * (number // 11))]
    return with_manifest(folder, f"SHA256(a.txt)= {DIGEST}\n", pieces, members=3, references=1)


@kind("manifest", 10_000, 90_000)
def a_manifest_in_utf_16(folder, number):
    lines = "".join(f"SHA256({i}.vmdk)= {DIGEST}\n" for i in range(number))
    return with_manifest(folder, lines.encode("utf-16"), members=3)


@kind("manifest", 10_000, 180_000)
def names_with_percent_signs(folder, number):
    lines = "".join(f"SHA256(%61%2f%{i % 100:02d}{i})= {DIGEST}\n" for i in range(number))
    return with_manifest(folder, lines, members=3)


@fixed("manifest")
def a_manifest_of_itself(folder, number):
    return with_manifest(
        folder, f"SHA256(app.mf)= {DIGEST}\nSHA256(a\nb)= {DIGEST}\nSHA256(a)=b)= {DIGEST}\n")


@fixed("manifest")
def a_manifest_beyond_its_limit(folder, number):
    return with_manifest(folder, b"SHA256(x)= 00\n" * (8 << 20), members=3)


# ---- certificates


def signed(folder, certificate, **counts):
    line = f"SHA256(app.mf)= {'ab' * 256}\n".encode()
    return with_manifest(
        folder, f"SHA256(app.ovf)= {hashlib.sha256(envelope()).hexdigest()}\n",
        certificate=line + certificate, members=3, **counts)


def pem(body):
    import base64

    text = base64.b64encode(body)
    lines = b"\n".join(text[i:i + 64] for i in range(0, len(text), 64))
    return b"-----BEGIN CERTIFICATE-----\n" + lines + b"\n-----END CERTIFICATE-----\n"


def openssl(*words, given=None):
    return subprocess.run(
        ["openssl", *words], input=given, check=True, capture_output=True).stdout


def der(tag, *parts):
    body = b"".join(parts)
    size = len(body)
    length = bytes([size]) if size < 128 else (
        lambda b: bytes([0x80 | len(b)]) + b)(size.to_bytes((size.bit_length() + 7) // 8, "big"))
    return bytes([tag]) + length + body


def certificate(serial, modulus_bytes=256, name=b"signer", extensions=b""):
    """A certificate that nobody signed: its structure is right, its signature is noise."""
    sha = der(0x30, bytes.fromhex("06092a864886f70d01010b0500"))
    rdn = der(0x30, der(0x31, der(0x30, bytes.fromhex("0603550403"), der(0x0C, name))))
    when = der(0x30, der(0x17, b"200101000000Z"), der(0x17, b"400101000000Z"))
    modulus = b"\0\xc1" + noise(modulus_bytes - 2, 5) + b"\1"
    key = der(0x30, der(0x02, modulus), der(0x02, b"\1\0\1"))
    spki = der(0x30, der(0x30, bytes.fromhex("06092a864886f70d0101010500")), der(0x03, b"\0" + key))
    tbs = der(
        0x30, der(0xA0, der(2, b"\2")), der(2, b"\1" + serial.to_bytes(4, "big")), sha, rdn, when,
        rdn, spki, extensions)
    return der(0x30, tbs, sha, der(0x03, b"\0" + noise(256, serial)))


@kind("certificate", 50, 800)
def a_chain_of_one_name(folder, number):
    """Certificates that all could have issued each other."""
    return signed(folder, b"".join(pem(certificate(i)) for i in range(number)))


@kind("certificate", 4, 30)
def a_chain_of_one_key(folder, number):
    """Certificates of one key and name: each has really issued each other."""
    key, request = f"{folder}/key", f"{folder}/request"
    openssl("req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", request,
            "-subj", "/CN=signer")
    with open(f"{folder}/ext", "w") as file:
        file.write("basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,digitalSignature\n")
    chain = b"".join(
        openssl("x509", "-req", "-in", request, "-signkey", key, "-set_serial", str(i + 1),
                "-days", "3650", "-extfile", f"{folder}/ext") for i in range(number))
    manifest = f"SHA256(app.ovf)= {hashlib.sha256(envelope()).hexdigest()}\n".encode()
    signature = openssl("dgst", "-sha256", "-sign", key, given=manifest).hex()
    return with_manifest(
        folder, manifest, certificate=f"SHA256(app.mf)= {signature}\n".encode() + chain, members=3)


@kind("certificate", 1 << 16, 700 << 10)
def a_certificate_of_mebibytes(folder, number):
    return signed(folder, pem(noise(number * 3 // 4, 3)))


@kind("certificate", 1 << 12, 500 << 10)
def a_modulus_of_mebibytes(folder, number):
    return signed(folder, pem(certificate(1, number)))


@kind("certificate", 1_000, 20_000)
def extensions_without_end(folder, number):
    many = b"".join(
        der(0x30, der(6, b"\x2a\x03" + bytes([0x81 + i % 64, i % 127])), der(4, b"\x05\0"))
        for i in range(number))
    return signed(folder, pem(certificate(1, extensions=der(0xA3, der(0x30, many)))))


@kind("certificate", 200, 3_000)
def der_in_der(folder, number):
    body = b"\x05\0"
    for _ in range(number):
        body = der(0x30, body)
    return signed(folder, pem(body))


@kind("certificate", 1_000, 30_000)
def marks_of_certificates(folder, number):
    return signed(folder, b"-----BEGIN CERTIFICATE-----\n" * (number // 2)
                  + b"-----END CERTIFICATE-----\n" * (number // 2))


@kind("certificate", 1_000, 50_000)
def signatures_without_end(folder, number):
    return signed(folder, b"SHA256(app.mf)= 0\n" * number)


@fixed("certificate")
def a_certificate_beyond_its_limit(folder, number):
    return signed(folder, pem(noise(80 << 20, 4)))


# ---- gzip


def compressed(folder, contents, **attributes):
    more = ' ovf:compression="gzip"' + "".join(f' {k}="{v}"' for k, v in attributes.items())
    refs = "".join(
        file_reference(i, f"{i}.bin", f' ovf:size="{len(c)}"' + more)
        for i, c in enumerate(contents))
    pieces = [member("app.ovf", envelope(refs))]
    pieces += [member(f"{i}.bin", c) for i, c in enumerate(contents)]
    return write(folder, pieces, members=len(contents) + 1, references=len(contents))


def zeros(length):
    """A gzip stream of zeros, made in steps."""
    press = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = []
    while length > 0:
        parts.append(press.compress(bytes(min(length, 1 << 20))))
        length -= 1 << 20
    return b"".join(parts + [press.flush()])


@kind("gzip", 16 << 20, 2 << 30)
def a_bomb(folder, number):
    return compressed(folder, [zeros(number)])


@kind("gzip", 5, 200)
def bombs_without_end(folder, number):
    return compressed(folder, [zeros(7 << 20)] * number)


@kind("gzip", 2_000, 40_000)
def compressed_files_without_end(folder, number):
    return compressed(folder, [gzip.compress(b"x", mtime=0)] * number)


@kind("gzip", 5_000, 3_000_000)
def streams_in_one_file(folder, number):
    """Streams of no byte, one after the other."""
    return compressed(folder, [gzip.compress(b"", mtime=0) * number])


@kind("gzip", 1 << 20, 60 << 20)
def a_header_of_mebibytes(folder, number):
    return compressed(folder, [b"\x1f\x8b\x08\x08" + bytes(6) + b"n" * number])


@kind("gzip", 1 << 20, 60 << 20)
def data_after_the_stream(folder, number):
    return compressed(folder, [gzip.compress(b"x", mtime=0) + noise(number, 6)])


@kind("gzip", 20_000, 2_000_000)
def blocks_of_no_byte(folder, number):
    """Stored blocks that hold nothing."""
    head = b"\x1f\x8b\x08\0" + bytes(6)
    return compressed(folder, [head + b"\0\0\0\xff\xff" * number + b"\1\0\0\xff\xff" + bytes(8)])


@fixed("gzip")
def wrong_checks(folder, number):
    good = gzip.compress(b"x" * 1000, mtime=0)
    return compressed(folder, [
        good[:-1] + b"\x77", good[:-5] + b"\x77" + good[-4:], good[:-9], b"\x1f\x8b\x08\2" + good[4:]])


@kind("gzip", 3, 6)
def streams_in_streams(folder, number):
    body = zeros(64 << 20)
    for _ in range(number):
        body = gzip.compress(body, mtime=0)
    return compressed(folder, [body])


@kind("gzip", 1 << 20, 100 << 20)
def a_compressed_disk_of_noise(folder, number):
    from .formats import packed_grain, stream

    count = number // 65_536
    disk = stream(((i, packed_grain(i, noise(65_536, i))) for i in range(count)), count * 128)
    return compressed(folder, [gzip.compress(disk, 1, mtime=0)])
