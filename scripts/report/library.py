"""Makes a library of appliances as years leave it behind: many producers, sound packages and the
faults that are met. The same numbers give the same bytes; their ages count from now.

Usage: library.py FOLDER COUNT [--bare]    --bare: descriptors alone, for large counts
       library.py FOLDER COUNT --later     what some weeks do to the library in FOLDER
"""

import hashlib
import io
import os
import random
import struct
import sys
import tarfile
import time
import zlib

NOW = int(time.time())
DAY = 86_400
PRODUCTS = [
    ("Photon OS", "VMware Inc.", "3.0", "Linux other", "other3xLinux64Guest", 100, "vmx-13", 2, 2048, 16),
    ("vCenter Server Appliance", "VMware Inc.", "6.7.0", "Other 3.x Linux (64-bit)", "other3xLinux64Guest", 100, "vmx-10", 2, 10240, 25),
    ("Ubuntu Server 22.04 LTS", "Canonical Ltd.", "22.04", "Ubuntu Linux (64-bit)", "ubuntu64Guest", 94, "vmx-14", 2, 4096, 40),
    ("Ubuntu Server 18.04 LTS", "Canonical Ltd.", "18.04", "Ubuntu Linux (64-bit)", "ubuntu64Guest", 94, "vmx-10", 1, 1024, 10),
    ("Debian 12", "SPI", "12.4", "Debian GNU/Linux 12 (64-bit)", "debian12_64Guest", 96, "vmx-19", 2, 2048, 20),
    ("Windows Server 2019", "Microsoft Corporation", "1809", "Microsoft Windows Server 2019 (64-bit)", "windows2019srv_64Guest", 112, "vmx-15", 4, 8192, 90),
    ("Windows Server 2012 R2", "Microsoft Corporation", "6.3", "Microsoft Windows Server 2012 (64-bit)", "windows8Server64Guest", 1, "vmx-09", 2, 4096, 60),
    ("Windows 10 Enterprise", "Microsoft Corporation", "22H2", "Microsoft Windows 10 (64-bit)", "windows9_64Guest", 105, "vmx-13", 2, 4096, 64),
    ("Oracle Linux 8", "Oracle", "8.9", "Oracle_64", "oracleLinux8_64Guest", 109, "virtualbox-2.2", 2, 2048, 36),
    ("pfSense", "Netgate", "2.7.2", "FreeBSD 12 or later (64-bit)", "freebsd12_64Guest", 78, "vmx-10", 1, 1024, 8),
    ("FortiGate-VM64", "Fortinet", "7.4.3", "Other Linux (64-bit)", "otherLinux64Guest", 101, "vmx-13 vmx-15 vmx-17", 4, 8192, 32),
    ("Nessus Scanner", "Tenable, Inc.", "10.6", "CentOS 7 (64-bit)", "centos7_64Guest", 107, "vmx-11", 4, 8192, 30),
    ("Splunk Universal Appliance", "Splunk", "9.1", "Red Hat Enterprise Linux 8 (64-bit)", "rhel8_64Guest", 80, "vmx-14", 8, 12288, 120),
    ("コース 演習用サーバー", "情報基盤センター", "2", "Debian GNU/Linux 11 (64-bit)", "debian11_64Guest", 96, "vmx-14", 1, 1024, 8),
    ("Kali Linux <rolling>", "OffSec & friends", "2023.4", "Debian GNU/Linux 11 (64-bit)", "debian11_64Guest", 96, "vmx-8", 2, 2048, 80),
]
FOLDERS = ["VmImages", "Networking", "Security", "Teaching/CSC209", "Teaching/CSC309", "Research/BioLab",
           "Research/Astro", "Vendors", "Archive/2016", "Archive/2019", "Staging"]


def disk(random_bytes, mebibytes):
    """A streamOptimized VMDK of one grain, as exporters write it."""
    grain = zlib.compress(random_bytes + bytes(65536 - len(random_bytes)))
    sectors = lambda data: data + bytes(-len(data) % 512)
    text = ('# Disk DescriptorFile\nversion=1\nCID=%08x\nparentCID=ffffffff\ncreateType="streamOptimized"\n\n'
            '# Extent description\nRDONLY %d SPARSE "disk.vmdk"\n\n# The Disk Data Base\n#DDB\n'
            'ddb.adapterType = "lsilogic"\nddb.geometry.cylinders = "8"\nddb.geometry.heads = "255"\n'
            'ddb.geometry.sectors = "63"\nddb.virtualHWVersion = "10"\n'
            % (zlib.crc32(random_bytes), mebibytes * 2048)).encode()
    capacity = mebibytes * 2048
    tables = -(-capacity // (128 * 512))
    descriptor = sectors(text)
    overhead = 128
    head = lambda directory: struct.pack(
        "<4sIIQQQQIQQQB4sH433x", b"KDMV", 3, 0x30001, capacity, 128, 1, len(descriptor) // 512, 512, 0,
        directory, overhead, 0, b"\n \r\n", 1)
    header = head(0xFFFFFFFFFFFFFFFF)
    marker = lambda count, kind: sectors(struct.pack("<QII", count, 0, kind))
    body = sectors(struct.pack("<QI", 0, len(grain)) + grain)
    out = header + descriptor
    out += bytes(overhead * 512 - len(out))
    first = overhead
    out += body
    table_at = len(out) // 512 + 1
    out += marker(4, 1) + struct.pack("<512I", first, *[0] * 511)
    directory_at = len(out) // 512 + 1
    out += marker(-(-tables * 4 // 512), 2) + sectors(struct.pack("<%dI" % tables, table_at, *[0] * (tables - 1)))
    out += marker(1, 3) + head(directory_at) + bytes(512)
    return out


def descriptor(product, files, size_of, name, extra=""):
    title, vendor, version, guest, vmware, cim, family, cpus, memory, gib = product
    esc = lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    refs = "\n".join(
        f'    <File ovf:id="file{i}" ovf:href="{f}" ovf:size="{size_of[f]}"/>' for i, f in enumerate(files, 1))
    vmdks = [f for f in files if f.endswith(".vmdk")]
    disks = "\n".join(
        f'    <Disk ovf:diskId="disk{i}" ovf:fileRef="file{files.index(f) + 1}" ovf:capacity="{gib}" '
        f'ovf:capacityAllocationUnits="byte * 2^30" '
        f'ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>'
        for i, f in enumerate(vmdks, 1))
    items = "\n".join(
        f"""      <Item>
        <rasd:AddressOnParent>{i - 1}</rasd:AddressOnParent>
        <rasd:ElementName>Disk {i}</rasd:ElementName>
        <rasd:HostResource>ovf:/disk/disk{i}</rasd:HostResource>
        <rasd:InstanceID>{10 + i}</rasd:InstanceID>
        <rasd:Parent>3</rasd:Parent>
        <rasd:ResourceType>17</rasd:ResourceType>
      </Item>""" for i in range(1, len(vmdks) + 1))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
    xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
    xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData"
    xmlns:vmw="http://www.vmware.com/schema/ovf">
  <References>
{refs}
  </References>
  <DiskSection>
    <Info>Virtual disks</Info>
{disks}
  </DiskSection>
  <NetworkSection>
    <Info>Networks</Info>
    <Network ovf:name="VM Network"><Description>The network</Description></Network>
  </NetworkSection>
  <VirtualSystem ovf:id="{name}">
    <Info>A virtual machine</Info>
    <Name>{esc(title)}</Name>
    <OperatingSystemSection ovf:id="{cim}" vmw:osType="{vmware}">
      <Info>The guest</Info>
      <Description>{esc(guest)}</Description>
    </OperatingSystemSection>
    <ProductSection>
      <Info>The product</Info>
      <Product>{esc(title)}</Product>
      <Vendor>{esc(vendor)}</Vendor>
      <Version>{version}</Version>
    </ProductSection>
{extra}    <VirtualHardwareSection>
      <Info>Hardware</Info>
      <System>
        <vssd:ElementName>Virtual Hardware Family</vssd:ElementName>
        <vssd:InstanceID>0</vssd:InstanceID>
        <vssd:VirtualSystemIdentifier>{name}</vssd:VirtualSystemIdentifier>
        <vssd:VirtualSystemType>{family}</vssd:VirtualSystemType>
      </System>
      <Item>
        <rasd:AllocationUnits>hertz * 10^6</rasd:AllocationUnits>
        <rasd:ElementName>{cpus} virtual CPUs</rasd:ElementName>
        <rasd:InstanceID>1</rasd:InstanceID>
        <rasd:ResourceType>3</rasd:ResourceType>
        <rasd:VirtualQuantity>{cpus}</rasd:VirtualQuantity>
      </Item>
      <Item>
        <rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>
        <rasd:ElementName>{memory} MB of memory</rasd:ElementName>
        <rasd:InstanceID>2</rasd:InstanceID>
        <rasd:ResourceType>4</rasd:ResourceType>
        <rasd:VirtualQuantity>{memory}</rasd:VirtualQuantity>
      </Item>
      <Item>
        <rasd:Address>0</rasd:Address>
        <rasd:ElementName>SCSI controller 0</rasd:ElementName>
        <rasd:InstanceID>3</rasd:InstanceID>
        <rasd:ResourceSubType>VirtualSCSI</rasd:ResourceSubType>
        <rasd:ResourceType>6</rasd:ResourceType>
      </Item>
{items}
      <Item>
        <rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>
        <rasd:Connection>VM Network</rasd:Connection>
        <rasd:ElementName>Network adapter 1</rasd:ElementName>
        <rasd:InstanceID>7</rasd:InstanceID>
        <rasd:ResourceSubType>VmxNet3</rasd:ResourceSubType>
        <rasd:ResourceType>10</rasd:ResourceType>
      </Item>
    </VirtualHardwareSection>
  </VirtualSystem>
</Envelope>
"""


class Library:
    def __init__(self, folder, seed):
        self.folder = folder
        self.random = random.Random(seed)
        self.twin = None

    def put(self, path, data, age):
        full = os.path.join(os.fsencode(self.folder), os.fsencode(path))
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as file:
            file.write(data)
        os.utime(full, (NOW - age, NOW - age))

    def package(self, number):
        pick = self.random
        product = pick.choice(PRODUCTS)
        word = "".join(c for c in product[0].lower() if c.isascii() and c.isalnum()) or "server"
        name = f"{word}-{product[2].replace('.', '')}-{number:05d}"
        count = pick.choices([1, 2, 3], [8, 2, 1])[0]
        files = [f"{name}-disk{i}.vmdk" for i in range(1, count + 1)]
        content = {f: disk(pick.randbytes(pick.choice([900, 9_000, 60_000])), product[9] * 1024) for f in files}
        if pick.random() < 0.08:
            files.append(f"{name}-tools.iso")
            content[files[-1]] = bytes(pick.choice([1, 6, 40]) << 20)
        return name, product, files, content

    def manifest(self, name, ovf, files, content, weak):
        algorithm = "SHA1" if weak else "SHA256"
        digest = lambda data: hashlib.new(algorithm.lower(), data).hexdigest()
        lines = [f"{algorithm}({name}.ovf)= {digest(ovf)}"]
        lines += [f"{algorithm}({f})= {digest(content[f])}" for f in files]
        return ("\n".join(lines) + "\n").encode()

    def add(self, number):
        pick = self.random
        name, product, files, content = self.package(number)
        folder = pick.choice(FOLDERS)
        age = int(pick.choice([3, 40, 200, 500, 900, 1500, 2600]) * DAY * (0.5 + pick.random()))
        sizes = {f: len(content[f]) for f in files}
        fault = pick.choices(
            ["", "size", "missing", "digest", "weak", "none", "truncated", "order", "garbage", "badxml", "extra"],
            [60, 4, 3, 4, 9, 8, 2, 3, 2, 2, 3])[0]
        if fault == "size":
            sizes[files[0]] += 512
        ovf = descriptor(product, files, sizes, name).encode()
        if fault == "badxml":
            ovf = ovf[: len(ovf) // 2]
        manifest = self.manifest(name, ovf, files, content, fault == "weak")
        if fault == "digest":
            content[files[-1]] = content[files[-1]][:-1] + b"!"
        members = [(f"{name}.ovf", ovf), (f"{name}.mf", manifest)] + [(f, content[f]) for f in files]
        if fault == "none":
            members.pop(1)
        if fault == "missing":
            members.pop()
        if fault == "order":
            members.reverse()
        if fault == "extra":
            members.append(("notes.txt", b"remember to change the password\n"))
        if pick.random() < 0.3 and fault not in ("garbage", "truncated", "order"):
            for member, data in members:
                self.put(f"{folder}/{name}/{member}", data, age)
            return
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            for member, data in members:
                info = tarfile.TarInfo(member)
                info.size, info.mtime = len(data), NOW - age
                tar.addfile(info, io.BytesIO(data))
        data = out.getvalue()
        if fault == "truncated":
            data = data[: len(data) * 2 // 3]
        if fault == "garbage":
            data = b"<html><title>403 Forbidden</title></html>"
        self.put(f"{folder}/{name}.ova", data, age)
        if not fault and self.twin is None or pick.random() < 0.02:
            self.twin = data
            self.put(f"Staging/copy of {name}.ova", data, age // 2)

    def bare(self, number):
        """A package of a descriptor and a disk that is empty but for its size."""
        pick = self.random
        product = pick.choice(PRODUCTS)
        name = f"appliance-{number:06d}"
        folder = f"{pick.choice(FOLDERS)}/{number // 200:04d}/{name}"
        files = [f"{name}-disk1.vmdk"]
        data = disk(struct.pack("<Q", number), product[9] * 1024) if number % 20 == 0 else None
        ovf = descriptor(product, files, {files[0]: len(data) if data else 1}, name).encode()
        self.put(f"{folder}/{name}.ovf", ovf, int(pick.random() * 2000) * DAY)
        if data:
            self.put(f"{folder}/{files[0]}", data, 100 * DAY)

    def strays(self):
        for path, size in [
            ("VmImages/old/retired-disk1.vmdk", 3 << 20), ("VmImages/old/retired.mf", 300),
            ("Staging/upload-2023.ova.filepart", 7 << 20), ("Staging/big.ova.part", 2 << 20),
            ("Vendors/it's a trap; $(rm -rf ~)\n.vmdk.tmp", 9), ("Vendors/-rf.part", 9),
            ("Vendors/caf\udce9.part", 9), ("Teaching/CSC209/leftover.cert", 900),
        ]:
            self.put(path, bytes(size), 300 * DAY)
        for folder in ["Archive/2016", "Vendors"]:
            name, product, files, content = self.package(90_000)
            ovf = descriptor(product, files, {f: len(content[f]) for f in files}, name).encode()
            for descriptor_name in [name, name + "-esx"]:
                self.put(f"{folder}/Two Descriptors/{descriptor_name}.ovf", ovf, 700 * DAY)
            for file in files:
                self.put(f"{folder}/Two Descriptors/{file}", content[file], 700 * DAY)
        for name in ["Firewall.ova", "firewall.ova"]:
            self.put(f"Networking/{name}", b"not a package", 50 * DAY)
        hostile = ("<script>alert(1)</script> \u202egpj.exe \"onload='alert(2)' {{x}}", "</style></script>", "1", "<b>", "x", 1,
                   "vmx-13", 1, 512, 1)
        name, _, files, content = self.package(90_001)
        ovf = descriptor(hostile, files, {f: len(content[f]) for f in files}, "hostile").encode()
        place = "Vendors/<img src=x onerror=alert(3)> \"quoted\u0338 'name'"
        self.put(f"{place}/hostile.ovf", ovf, 20 * DAY)
        for file in files:
            self.put(f"{place}/{file}", content[file], 20 * DAY)
        for link, target in [("Vendors/latest.ova", "gone.ova"), ("Vendors/outside.ova", "/etc/hostname")]:
            os.symlink(target, os.path.join(self.folder, link))


def later(folder):
    """Some packages go, some move, some are fixed or damaged, some come."""
    archives = []
    for base, _, names in sorted(os.walk(folder)):
        archives += [os.path.join(base, n) for n in sorted(names) if n.endswith(".ova") and "-" in n]
    for path in archives[3:60:11]:
        os.remove(path)
    for path in archives[5:90:17]:
        os.rename(path, path[:-4] + "-final.ova")
    for path in archives[7:120:13]:
        if os.path.exists(path):
            with open(path, "r+b") as file:
                file.seek(-3000, 2)
                file.write(b"spoilt")
            os.utime(path, (NOW - DAY, NOW - DAY))
    library = Library(folder, 77)
    for number in range(5):
        library.add(70_000 + number)


def main():
    folder, count = sys.argv[1], int(sys.argv[2])
    if "--later" in sys.argv:
        return later(folder)
    library = Library(folder, 20)
    for number in range(1, count + 1):
        library.bare(number) if "--bare" in sys.argv else library.add(number)
    if "--bare" not in sys.argv:
        library.strays()


main()
