"""Opens questions on the page, and sends past its own checks."""

import uuid

from tests.channels.web.chromium import Chromium

FUTURE = "2999-01-01T00:00:00Z"
"""The server takes its own time instead."""
PHONE, DESK = (360, 740), (1280, 800)


def asks(window: Chromium, question: str) -> None:
    """Open a question; on a closed composer by a request, as the page's own buttons do."""
    if window.the("text").is_displayed():
        window.say(f"sửa {question}")
    else:
        assert posts(window, f"sửa {question}") == 202
    window.until(lambda: f"· {question}" in window.texts()[-1])


def posts(window: Chromium, said: str, **more: object) -> int:
    """Send a text past the page's own checks; returns the status."""
    return sends(window, said=said, **more)


def sends(window: Chromium, **content: object) -> int:
    """Send anything past the page's own checks; returns the status."""
    body = {"id": str(uuid.uuid4()), "at": FUTURE, **content}
    status: int = window.driver.execute_async_script(
        "const done = arguments[1]; fetch('/api/messages', {method: 'POST',"
        " headers: {'Content-Type': 'application/json'}, body: JSON.stringify(arguments[0])})"
        ".then((answer) => done(answer.status));",
        body,
    )
    return status


def menu_sent(window: Chromium) -> str:
    """The menu that the page would send with a line."""
    window.run(
        "window.seen = null; const real = window.realFetch || window.fetch;"
        "window.realFetch = real; window.fetch = (path, options) => {"
        " if (path === '/api/messages') window.seen = JSON.parse(options.body).asked;"
        " return real(path, options); };"
    )
    window.say("trợ giúp")
    window.until(lambda: window.run("return window.seen") is not None)
    return str(window.run("return window.seen"))
