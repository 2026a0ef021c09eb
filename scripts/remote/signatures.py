"""Signs requests that a relay wrote down once more, with botocore, and compares the signatures.

Usage: signatures.py LOG ACCESS_KEY SECRET [SESSION_TOKEN]   prints how many were the same
"""
import datetime
import json
import sys
from unittest import mock

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

log, keys = sys.argv[1], Credentials(*sys.argv[2:])
same = 0
for line in open(log):
    request = json.loads(line)
    # Those of boto3 itself are none of ova's.
    if request.get("fields", {}).get("user-agent") != "ova" or "authorization" not in request["fields"]:
        continue
    fields = request["fields"]
    told = fields["authorization"]
    region = told.split("/")[2]
    now = datetime.datetime.strptime(fields["x-amz-date"], "%Y%m%dT%H%M%SZ")
    path, _, query = request["target"].partition("?")
    own = AWSRequest(
        method=request["method"], url=f"http://{fields['host']}{path}" + (f"?{query}" if query else ""),
        headers={"x-amz-content-sha256": fields["x-amz-content-sha256"]})
    signer = botocore.auth.S3SigV4Auth(keys, "s3", region)
    signer.payload = lambda _, digest=fields["x-amz-content-sha256"]: digest
    with mock.patch.object(botocore.auth, "get_current_datetime", lambda: now):
        signer.add_auth(own)
    wanted = own.headers["Authorization"]
    if wanted != told:
        sys.exit(f"{request['method']} {request['target']}\n  ova      {told}\n  botocore {wanted}")
    same += 1
print(same)
