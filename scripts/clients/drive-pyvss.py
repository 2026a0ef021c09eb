"""Lists, filters, sorts, shows all and syncs with pyvss."""

import os
import pathlib
import shutil
import sys
import time

import pyvss
from pyvss.manager import VssManager

work = pathlib.Path(os.environ["OVA_WORK"])
images = work / "xfers/josem/images"
manager = VssManager(
    tk=os.environ["VSS_API_TOKEN"], api_endpoint=os.environ["VSS_ENDPOINT"]
)


def check(what: str, condition: bool, found=None) -> None:
    print(("ok   " if condition else "FAIL ") + what + ("" if condition else f": {found!r}"))
    if not condition:
        sys.exit(1)


def sync() -> dict:
    request = manager.sync_user_vm_images()
    for _ in range(60):
        answer = manager.get_image_sync_request(request["request"]["id"])
        if answer["status"] in ("PROCESSED", "ERROR"):
            return answer
        time.sleep(0.2)
    check("the sync ends", False, answer)


shutil.rmtree(images)
shutil.copytree(work / "waiting", images)
first = sync()
check("a sync is processed", first["status"] == "PROCESSED", first)
check("it adds what is new", len(first["added"]) in (0, 3), first["added"])
again = sync()
check("a second sync changes nothing", again["added"] == [] and again["deleted"] == [], again)

mine = manager.get_user_vm_images()
check("the user's images are listed", len(mine) == 3, mine)
check(
    "they are records",
    sorted(mine[0]) == sorted(
        "created_on data_store folder id label name path public updated_on".split()
    ),
    mine[0],
)
nested = [row for row in mine if row["label"] == "nested/centos.ova"]
check("a nested one has its folder", len(nested) == 1 and nested[0]["folder"] == "nested", mine)
if pyvss.__version__ >= "0.17":
    found = manager.get_images(filter="name,like,x%", sort="path,asc")
    check("a filter finds one", [row["name"] for row in found] == ["xenial.ova"], found)
    found = manager.get_images(sort="name,desc")
    names = [row["name"] for row in found]
    check("a sort sorts", names == sorted(names, reverse=True) and len(names) == 3, names)
    everything = manager.get_images(show_all=True, per_page=1)
    check("show-all turns every page", len(everything) == 3, everything)
else:
    # pyvss 0.9 lists the public images alone, and there are none here.
    check("public images are listed", manager.get_images(show_all=True, per_page=1) == [])
requests = manager.get_image_sync_requests(show_all=True)
check("processed requests are listed", len(requests) >= 2, requests)

(images / "graylog.ova").unlink()
gone = sync()
check("what is gone is told", gone["deleted"] == ["[vssUser-xfers] josem/images/graylog.ova"], gone)
before = {row["path"]: row["id"] for row in mine}
shutil.copy(work / "waiting/graylog.ova", images / "graylog.ova")
sync()
after = {row["path"]: row["id"] for row in manager.get_user_vm_images()}
check("what comes back has its id", before == after, (before, after))
try:
    manager.get_image_sync_requests(filter="nme,eq,x")
    check("a wrong field is refused", False)
except Exception as error:  # each version has errors of its own
    check("a wrong field is refused in words", "InvalidParameterValue" in str(error), str(error))
