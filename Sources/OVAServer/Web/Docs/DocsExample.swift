/// A request to the API and what it answers, for the page of the API.
struct DocsExample: Sendable {
  let method: String
  let path: String
  /// The text after the server's URL and the header: a query, or another path.
  private let target: String
  private let credentials: String
  /// The answer; `{url}` stands for the server's.
  private let answer: String

  /// The command.
  var request: String
  /// The answer's body.
  var response: String

  private init(
    _ method: String, _ path: String, _ target: String,
    credentials: String = #"-H "Authorization: Bearer $TOKEN""#, answers answer: String
  ) {
    self.method = method
    self.path = path
    self.target = target
    self.credentials = credentials
    self.answer = answer
    request = ""
    response = ""
  }

  /// The example at a server's URL.
  func at(_ url: String) -> DocsExample {
    var example = self
    let verb = method == "GET" ? "" : " -X \(method)"
    example.request = "curl -g\(verb) \(credentials) \\\n  \"\(url)\(target)\""
    example.response = answer.replacing("{url}", with: url)
    return example
  }

  static let all = [
    DocsExample(
      "GET", "/v2/image", "/v2/image?filter=name,like,ubu%&sort=path,asc&expand=1&per_page=1",
      answers: """
        {
          "data": [
            {
              "created_on": "2017-11-24 Fri 15:37:36 EST",
              "data_store": "vss-ISOs",
              "folder": "VmImages/ubuntu",
              "id": 26,
              "label": "VmImages/ubuntu/ubuntu-xenial-server-cloudimg-amd64.ova",
              "name": "ubuntu-xenial-server-cloudimg-amd64.ova",
              "path": "[vss-ISOs] VmImages/ubuntu/ubuntu-xenial-server-cloudimg-amd64.ova",
              "public": true,
              "updated_on": "2018-02-09 Fri 11:37:06 EST"
            }
          ],
          "meta": {
            "_link": {
              "self": "{url}/v2/image?filter=name,like,ubu%&sort=path,asc&expand=1&per_page=1"
            },
            "count": 1,
            "filter": "name,like,ubu%",
            "pages": {
              "first_url": "{url}/v2/image?sort=path%2Casc&filter=name%2Clike%2Cubu%25&per_page=1&page=1&expand=1",
              "last_url": "{url}/v2/image?sort=path%2Casc&filter=name%2Clike%2Cubu%25&per_page=1&page=4&expand=1",
              "next_url": "{url}/v2/image?sort=path%2Casc&filter=name%2Clike%2Cubu%25&per_page=1&page=2&expand=1",
              "page": 1,
              "pages": 4,
              "per_page": 1,
              "prev_url": null,
              "total": 4
            },
            "sort": "path,asc",
            "time": "0.00476s",
            "user": "josem"
          }
        }
        """),
    DocsExample(
      "GET", "/v2/image/{id}", "/v2/image/24",
      answers: """
        {
          "_links": {"self": "{url}/v2/image/24"},
          "data": {
            "created_on": "2017-11-24 Fri 15:37:36 EST",
            "data_store": "vss-ISOs",
            "folder": "VmImages/core-os",
            "id": 24,
            "label": "VmImages/core-os/coreos_production_vmware_ova.ova",
            "name": "coreos_production_vmware_ova.ova",
            "path": "[vss-ISOs] VmImages/core-os/coreos_production_vmware_ova.ova",
            "public": true,
            "updated_on": "2018-02-09 Fri 11:37:05 EST"
          },
          "meta": {"count": 1, "time": "0.00182s", "user": "josem"}
        }
        """),
    DocsExample(
      "GET", "/v2/image/{id}/findings", "/v2/image/24/findings",
      answers: """
        {
          "_links": {"image": "{url}/v2/image/24", "self": "{url}/v2/image/24/findings"},
          "data": [
            {
              "file": "web.mf",
              "fix": "repack the archive with 'ova fix'",
              "line": 2,
              "message": "the digest of web-disk1.vmdk differs",
              "rule": "manifest-digest-mismatch",
              "rule_version": 1,
              "severity": "error"
            }
          ],
          "meta": {"count": 1, "time": "0.00201s", "user": "josem"}
        }
        """),
    DocsExample(
      "GET", "/v2/image/{id}/targets", "/v2/image/24/targets",
      answers: """
        {
          "_links": {"image": "{url}/v2/image/24", "self": "{url}/v2/image/24/targets"},
          "data": [
            {
              "reasons": [
                {
                  "condition": "px-memory-unit",
                  "count": 1,
                  "depends_on": null,
                  "effect": "loss",
                  "fix": "Write the memory in `byte * 2^20`.",
                  "outcome": "The unit is ignored and MiB taken.",
                  "places": [
                    {
                      "file": "web.ovf",
                      "found": "4 × byte * 2^30",
                      "line": 61,
                      "reads": "4 MiB of memory"
                    }
                  ],
                  "severity": "warning",
                  "title": "memory in another unit than 2^20 bytes"
                }
              ],
              "target": "proxmox",
              "title": "Proxmox VE",
              "verdict": "loss"
            }
          ],
          "meta": {"count": 1, "time": "0.00201s", "user": "josem"}
        }
        """),
    DocsExample(
      "PATCH", "/v2/user/image/vm", "/v2/user/image/vm",
      answers: """
        {
          "_links": {"self": "{url}/v2/user/image/vm"},
          "data": {
            "_links": {"request": "{url}/v2/request/image_sync/7"},
            "message": "Request has been accepted for processing",
            "name": "Accepted",
            "request": {
              "id": 7,
              "status": "SUBMITTED",
              "task_id": "9f86d081884c7d659a2feaa0c55ad015",
              "type": "VM"
            },
            "status": 202
          },
          "meta": {"time": "0.00311s", "user": "josem"}
        }
        """),
    DocsExample(
      "GET", "/v2/request/image_sync/{id}", "/v2/request/image_sync/7",
      answers: """
        {
          "_links": {"self": "{url}/v2/request/image_sync/7"},
          "data": {
            "_links": {"self": "{url}/v2/request/image_sync/7"},
            "added": ["[vssUser-xfers] josem/images/graylog-2.1.2-1.ova"],
            "created_on": "2017-11-17 Fri 13:51:41 EST",
            "deleted": [],
            "id": 7,
            "message": {"errors": [], "warnings": []},
            "status": "PROCESSED",
            "task_id": "9f86d081884c7d659a2feaa0c55ad015",
            "type": "VM",
            "updated_on": "2017-11-17 Fri 13:51:44 EST",
            "user": {"username": "josem"},
            "username": "josem"
          },
          "meta": {"count": 1, "time": "0.00154s", "user": "josem"}
        }
        """),
    DocsExample(
      "GET", "/v2/user", "/v2/user",
      answers: """
        {
          "_links": {"self": "{url}/v2/user"},
          "data": {"username": "josem"},
          "meta": {"count": 1, "time": "0.00023s", "user": "josem"}
        }
        """),
    DocsExample(
      "POST", "/auth/request-token", "/auth/request-token", credentials: "-u josem",
      answers: """
        {"token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJqb3NlbSJ9.c2lnbmF0dXJl"}
        """),
  ]
}
