"""Passes connections on to a server, and writes down what goes through.

Usage: relay.py PORT TARGET_PORT LOG
LOG gets a line of JSON for each request: method, target, header fields; and one for each connection
that ended: the bytes that the server sent. Where there is a file LOG.left, only so many requests are
passed on as it says, and the connections of others are cut.
"""
import json
import os
import re
import socket
import sys
import threading

port, target, log = int(sys.argv[1]), int(sys.argv[2]), open(sys.argv[3], "a", buffering=1)
left = sys.argv[3] + ".left"
lock = threading.Lock()
HEAD = re.compile(rb"(?:GET|HEAD|PUT|POST|PROPFIND|CONNECT) \S+ HTTP/1\.1\r\n(?:[^\r\n]+\r\n)*\r\n")


def write(line):
    with lock:
        log.write(json.dumps(line) + "\n")


def close(*sockets):
    for one in sockets:
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def may_pass():
    with lock:
        if not os.path.exists(left):
            return True
        number = int(open(left).read())
        open(left, "w").write(str(max(0, number - 1)))
        return number > 0


def upward(client, server):
    held = b""
    while data := client.recv(65536):
        held += data
        while found := HEAD.search(held):
            lines = found.group().decode("latin-1").split("\r\n")
            method, path, _ = lines[0].split(" ")
            fields = dict(line.split(": ", 1) for line in lines[1:] if line)
            if not may_pass():
                return close(client, server)
            write({"method": method, "target": path, "fields": {k.lower(): v for k, v in fields.items()}})
            held = held[found.end():]
        server.sendall(data)
    close(server)


def downward(client, server):
    count = 0
    try:
        while data := server.recv(65536):
            count += len(data)
            client.sendall(data)
    except OSError:
        pass
    close(client, server)
    write({"bytes": count})


def serve(client):
    try:
        server = socket.create_connection(("127.0.0.1", target))
    except OSError:
        return client.close()
    threading.Thread(target=downward, args=(client, server), daemon=True).start()
    try:
        upward(client, server)
    except OSError:
        close(client, server)


listener = socket.create_server(("127.0.0.1", port), backlog=128)
while True:
    connection, _ = listener.accept()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
