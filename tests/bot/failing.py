"""A mock chat service that fails: it answers each call with a different error."""

import http.server
import itertools
import json

PHONES = ("0912345678", "+84 987 654 321")
IDENTITIES = ("084099012345", "084 099 054 321")


class Failing(http.server.BaseHTTPRequestHandler):
    """Each call fails in a different way, and the answer repeats the request."""

    protocol_version = "HTTP/1.1"
    turn = itertools.count()
    asked: tuple[str, ...] = ()

    def do_GET(self) -> None:
        Failing.asked = (*Failing.asked, self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode(errors="replace")
        echo = f"{self.path} {body} {PHONES[0]} {IDENTITIES[0]}"
        refusal = {"ok": False, "error_code": 400, "description": f"Bad Request: {echo}"}
        status, text = (
            (200, json.dumps(refusal)),
            (500, f"<html>{echo}</html>"),
            (400, json.dumps(refusal)),
            (200, f'{{"ok": true, "result": "{echo}'),
        )[next(self.turn) % 4]
        answer = text.encode()
        self.send_response(status, "no")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Logs nothing: the test's output is for failures."""
