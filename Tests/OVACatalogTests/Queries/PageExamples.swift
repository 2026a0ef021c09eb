/// The answers that the image API's own page prints, to the letter.
enum PageExamples {
  static let firstPage = #"""
    {
    "data": [
    "https://vss-api.eis.utoronto.ca/v2/image/31",
    "https://vss-api.eis.utoronto.ca/v2/image/29",
    "https://vss-api.eis.utoronto.ca/v2/image/35",
    "https://vss-api.eis.utoronto.ca/v2/image/36",
    "https://vss-api.eis.utoronto.ca/v2/image/24",
    "https://vss-api.eis.utoronto.ca/v2/image/33",
    "https://vss-api.eis.utoronto.ca/v2/image/34",
    "https://vss-api.eis.utoronto.ca/v2/image/25",
    "https://vss-api.eis.utoronto.ca/v2/image/26",
    "https://vss-api.eis.utoronto.ca/v2/image/27" ],
    "meta": {
    "_link": {
    "self": "https://vss-api.eis.utoronto.ca/v2/image" },
    "count": 10,
    "pages": {
    "first_url": "https://vss-api.eis.utoronto.ca/v2/image?per_page=10&page=1",
    "last_url": "https://vss-api.eis.utoronto.ca/v2/image?per_page=10&page=2",
    "next_url": "https://vss-api.eis.utoronto.ca/v2/image?per_page=10&page=2",
    "page": 1,
    "pages": 2,
    "per_page": 10,
    "prev_url": null,
    "total": 14 },
    "time": "0.00854s",
    "user": "josem" } }
    """#
  static let fiveAPage = #"""
    {
    "data": [
    "https://vss-api.eis.utoronto.ca/v2/image/31",
    "https://vss-api.eis.utoronto.ca/v2/image/29",
    "https://vss-api.eis.utoronto.ca/v2/image/35",
    "https://vss-api.eis.utoronto.ca/v2/image/36",
    "https://vss-api.eis.utoronto.ca/v2/image/24" ],
    "meta": {
    "_link": {
    "self": "https://vss-api.eis.utoronto.ca/v2/image?per_page=5" },
    "count": 5,
    "pages": {
    "first_url": "https://vss-api.eis.utoronto.ca/v2/image?per_page=5&page=1",
    "last_url": "https://vss-api.eis.utoronto.ca/v2/image?per_page=5&page=3",
    "next_url": "https://vss-api.eis.utoronto.ca/v2/image?per_page=5&page=2",
    "page": 1,
    "pages": 3,
    "per_page": 5,
    "prev_url": null,
    "total": 14 },
    "time": "0.00815s",
    "user": "josem" } }
    """#
  static let expanded = #"""
    {
    "data": [
    {
    "created_on": "2017-11-24 Fri 15:37:36 EST",
    "data_store": "vss-ISOs",
    "folder": "VmImages/core-os",
    "id": 24,
    "label": "VmImages/core-os/coreos_production_vmware_ova.ova",
    "name": "coreos_production_vmware_ova.ova",
    "path": "[vss-ISOs] VmImages/core-os/coreos_production_vmware_ova.ova",
    "public": true,
    "updated_on": "2018-02-09 Fri 11:37:05 EST" } ],
    "meta": {
    "_link": {
    "self": "https://vss-api.eis.utoronto.ca/v2/image?per_page=1&page=5&expand=1" },
    "count": 1,
    "pages": {
    "first_url": "https://vss-api.eis.utoronto.ca/v2/image?per_page=1&page=1&expand=1",
    "last_url": "https://vss-api.eis.utoronto.ca/v2/image?per_page=1&page=14&expand=1",
    "next_url": "https://vss-api.eis.utoronto.ca/v2/image?per_page=1&page=6&expand=1",
    "page": 5,
    "pages": 14,
    "per_page": 1,
    "prev_url": "https://vss-api.eis.utoronto.ca/v2/image?per_page=1&page=4&expand=1",
    "total": 14 },
    "time": "0.01007s",
    "user": "josem" } }
    """#
  static let filtered = #"""
    {
    "data": [
    {
    "created_on": "2017-11-24 Fri 15:37:36 EST",
    "data_store": "vss-ISOs",
    "folder": "VmImages/ubuntu",
    "id": 25,
    "label": "VmImages/ubuntu/ubuntu-zesty-server-cloudimg-i386.ova",
    "name": "ubuntu-zesty-server-cloudimg-i386.ova",
    "path": "[vss-ISOs] VmImages/ubuntu/ubuntu-zesty-server-cloudimg-i386.ova",
    "public": true,
    "updated_on": "2018-02-09 Fri 11:37:06 EST" } ],
    "meta": {
    "_link": {
    "self": "https://vss-api.eis.utoronto.ca/v2/image?filter=name,like,ubu%&expand=1&per_page=1" },
    "count": 1,
    "filter": "name,like,ubu%",
    "pages": {
    "first_url": "https://vss-api.eis.utoronto.ca/v2/image?filter=name%2Clike%2Cubu%25&per_page=1&page=1&expand=1",
    "last_url": "https://vss-api.eis.utoronto.ca/v2/image?filter=name%2Clike%2Cubu%25&per_page=1&page=4&expand=1",
    "next_url": "https://vss-api.eis.utoronto.ca/v2/image?filter=name%2Clike%2Cubu%25&per_page=1&page=2&expand=1",
    "page": 1,
    "pages": 4,
    "per_page": 1,
    "prev_url": null,
    "total": 4 },
    "time": "0.07245s",
    "user": "josem" } }
    """#
  static let sorted = #"""
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
    "updated_on": "2018-02-09 Fri 11:37:06 EST" },
    {
    "created_on": "2017-11-24 Fri 15:37:36 EST",
    "data_store": "vss-ISOs",
    "folder": "VmImages/ubuntu",
    "id": 28,
    "label": "VmImages/ubuntu/ubuntu-xenial-server-cloudimg-i386.ova",
    "name": "ubuntu-xenial-server-cloudimg-i386.ova",
    "path": "[vss-ISOs] VmImages/ubuntu/ubuntu-xenial-server-cloudimg-i386.ova",
    "public": true,
    "updated_on": "2018-02-09 Fri 11:37:06 EST" },
    {
    "created_on": "2017-11-24 Fri 15:37:36 EST",
    "data_store": "vss-ISOs",
    "folder": "VmImages/ubuntu",
    "id": 27,
    "label": "VmImages/ubuntu/ubuntu-zesty-server-cloudimg-amd64.ova",
    "name": "ubuntu-zesty-server-cloudimg-amd64.ova",
    "path": "[vss-ISOs] VmImages/ubuntu/ubuntu-zesty-server-cloudimg-amd64.ova",
    "public": true,
    "updated_on": "2018-02-09 Fri 11:37:06 EST" },
    {
    "created_on": "2017-11-24 Fri 15:37:36 EST",
    "data_store": "vss-ISOs",
    "folder": "VmImages/ubuntu",
    "id": 25,
    "label": "VmImages/ubuntu/ubuntu-zesty-server-cloudimg-i386.ova",
    "name": "ubuntu-zesty-server-cloudimg-i386.ova",
    "path": "[vss-ISOs] VmImages/ubuntu/ubuntu-zesty-server-cloudimg-i386.ova",
    "public": true,
    "updated_on": "2018-02-09 Fri 11:37:06 EST" } ],
    "meta": {
    "_link": {
    "self": "https://vss-api.eis.utoronto.ca/v2/image?filter=name,like,ubu%&expand=1&sort=path,asc" },
    "count": 4,
    "filter": "name,like,ubu%",
    "pages": {
    "first_url": "https://vss-api.eis.utoronto.ca/v2/image?sort=path%2Casc&filter=name%2Clike%2Cubu%25&page=1&expand=1&per_page=10",
    "last_url": "https://vss-api.eis.utoronto.ca/v2/image?sort=path%2Casc&filter=name%2Clike%2Cubu%25&page=1&expand=1&per_page=10",
    "next_url": null,
    "page": 1,
    "pages": 1,
    "per_page": 10,
    "prev_url": null,
    "total": 4 },
    "sort": "path,asc",
    "time": "0.00476s",
    "user": "josem" } }
    """#
  static let userList = #"""
    {
    "_links": {
    "image": "https://vss-api.eis.utoronto.ca/v2/user/image",
    "self": "https://vss-api.eis.utoronto.ca/v2/user/image/vm" },
    "data": [
    {
    "created_on": "2017-11-17 Fri 13:51:41 EST",
    "data_store": "vssUser-xfers",
    "folder": null,
    "id": 2,
    "label": "xenial-server-cloudimg-amd64.ova",
    "name": "xenial-server-cloudimg-amd64.ova",
    "path": "[vssUser-xfers] josem/images/xenial-server-cloudimg-amd64.ova",
    "public": false,
    "updated_on": "2017-11-17 Fri 13:51:41 EST" },
    {
    "created_on": "2017-11-17 Fri 13:51:41 EST",
    "data_store": "vssUser-xfers",
    "folder": null,
    "id": 3,
    "label": "graylog-2.1.2-1.ova",
    "name": "graylog-2.1.2-1.ova",
    "path": "[vssUser-xfers] josem/images/graylog-2.1.2-1.ova",
    "public": false,
    "updated_on": "2017-11-17 Fri 13:51:41 EST" } ],
    "meta": {
    "count": 19,
    "time": "0.00536s",
    "user": "josem" } }
    """#
}
