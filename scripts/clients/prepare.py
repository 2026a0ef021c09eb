"""Makes a folder of repositories and a configuration: 14 public images, none of the user's yet."""

import io
import pathlib
import sys
import tarfile
import socket

ENVELOPE = b"""<?xml version="1.0" encoding="UTF-8"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
  xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
  <References/>
  <VirtualSystem ovf:id="vm"><Info>A machine</Info></VirtualSystem>
</Envelope>
"""


def write_ova(path: pathlib.Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as archive:
        member = tarfile.TarInfo(path.stem + ".ovf")
        member.size = len(ENVELOPE)
        archive.addfile(member, io.BytesIO(ENVELOPE))


def main() -> None:
    work = pathlib.Path(sys.argv[1])
    (work / "xfers/josem/images").mkdir(parents=True)
    for name in ("xenial", "graylog", "nested/centos"):
        write_ova(work / "waiting" / f"{name}.ova")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (work / "ova.yaml").write_text(
        f"""database: catalog.sqlite
personal: {{data_store: vssUser-xfers, root: xfers}}
server:
  listen: 127.0.0.1:{port}
  base_url: http://127.0.0.1:{port}
"""
    )


main()
