"""Takes mail on a port of 127.0.0.1, which it prints, and writes what it hears to a file."""

import socketserver
import sys


class Sink(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        heard: list[str] = []
        in_letter = False
        self.say("220 sink")
        for raw in self.rfile:
            line = raw.decode("utf-8", "replace").rstrip("\r\n")
            heard.append(line)
            if in_letter:
                if line == ".":
                    in_letter = False
                    with open(sys.argv[1], "w", encoding="utf-8") as file:
                        file.write("\n".join(heard) + "\n")
                    self.say("250 kept")
                continue
            verb = line.upper().split(" ")[0]
            if verb == "DATA":
                in_letter = True
                self.say("354 go on")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 sink")

    def say(self, text: str) -> None:
        self.wfile.write((text + "\r\n").encode())


with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink) as server:
    print(server.server_address[1], flush=True)
    server.serve_forever()
