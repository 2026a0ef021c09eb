"""Small servers for scripts/test-remote: what a cloud gives its machines, and a proxy.

Usage: servers.py PORT KEY SECRET LOG
It answers a token service's AssumeRoleWithWebIdentity, an instance's and a container's metadata, and,
as a proxy, requests for whole URLs. LOG gets a line for each request.
"""
import http.client
import http.server
import json
import sys
import urllib.parse

port, key, secret, log = int(sys.argv[1]), sys.argv[2], sys.argv[3], open(sys.argv[4], "a", buffering=1)
ROLE = "/latest/meta-data/iam/security-credentials/"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, text, kind="text/plain"):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def keys(self):
        return json.dumps({"AccessKeyId": key, "SecretAccessKey": secret, "Expiration": "2099-01-01T00:00:00Z"})

    def do_PUT(self):
        log.write(f"PUT {self.path}\n")
        is_token = self.path == "/latest/api/token" and self.headers["x-aws-ec2-metadata-token-ttl-seconds"]
        self.answer(200, "ticket") if is_token else self.answer(404, "")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        form = dict(urllib.parse.parse_qsl(body))
        log.write(f"POST {self.path} {form.get('Action')} {form.get('RoleArn')}\n")
        if form.get("WebIdentityToken") != "the token":
            return self.answer(403, "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>", "text/xml")
        self.answer(200, f"""<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>
          <AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey>
          <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
          </AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>""", "text/xml")

    def do_GET(self):
        log.write(f"GET {self.path}\n")
        if self.path.startswith("http://"):
            url = urllib.parse.urlsplit(self.path)
            inner = http.client.HTTPConnection(url.hostname, url.port or 80)
            inner.request("GET", self.path.split(url.netloc, 1)[1], headers={
                name: value for name, value in self.headers.items() if not name.lower().startswith("proxy-")})
            reply = inner.getresponse()
            body = reply.read()
            self.send_response(reply.status)
            for name, value in reply.getheaders():
                if name.lower() not in ("connection", "transfer-encoding"):
                    self.send_header(name, value)
            self.end_headers()
            return self.wfile.write(body)
        if self.path == "/container":
            is_right = self.headers["authorization"] == "bearer"
        else:
            is_right = self.headers["x-aws-ec2-metadata-token"] == "ticket"
        if not is_right:
            return self.answer(401, "")
        if self.path == ROLE:
            return self.answer(200, "a role")
        known = self.path in ("/container", ROLE + "a%20role")
        self.answer(200, self.keys()) if known else self.answer(404, "")


http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
