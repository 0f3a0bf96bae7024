"""A program that stands in for an emulator: started by the tests with a port and words that say how it behaves."""

import http.server
import json
import os
import signal
import subprocess
import sys
import time


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as little as a target must."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/environment":
            self.answer(200, dict(os.environ))
        else:
            self.answer(200 if self.path == "/health" else 404, {})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.received.append((self.path, body.decode()))
        if self.path == "/reset":
            self.answer(200, self.server.received)
        else:
            self.answer(200, {"UserPools": []})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Print nothing but what the words ask for."""


def main(port, words):
    """Behave as the words say, then serve."""
    if "fails" in words:
        print("about to fail")
        sys.exit("there is no such table: users")
    if "taken" in words:
        sys.exit(f"OSError: [Errno 98] Address already in use: 127.0.0.1:{port}")
    if "stubborn" in words:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if "parent" in words:
        child = subprocess.Popen(["sleep", "600"])
        print(f"child {child.pid}")
    if "silent" in words:
        print("waiting for a database")
        time.sleep(600)
    address = "" if "open" in words else "127.0.0.1"
    server = http.server.ThreadingHTTPServer((address, port), Handler)
    server.received = []
    if "chatty" in words:
        for number in range(20_000):
            print(f"line {number:06d} " + "." * 88)
    if "announces" in words:
        print(f"http://127.0.0.1:{server.server_address[1]}")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
