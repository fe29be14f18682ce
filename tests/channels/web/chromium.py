"""Debian's Chromium, controlled by its own driver, without downloads and telemetry."""

import base64
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from selenium import webdriver
from selenium.common.exceptions import (
    NoSuchElementException,
    StaleElementReferenceException,
    TimeoutException,
)
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

PROGRAM: Final = shutil.which("chromium")
DRIVER: Final = shutil.which("chromedriver")
MISSING: Final = (
    "" if PROGRAM and DRIVER else "needs chromium and chromium-driver (Debian packages)"
)

PATIENCE_SECONDS: Final = 20
"""Seconds for a busy machine; a test that passes waits for milliseconds."""

_QUIET: Final = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
_BLOCKING: Final = frozenset({"serious", "critical"})


class Chromium:
    """One browser window with its own profile, with methods for the chat."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver
        self._before_pages: list[str] = []

    def size(self, width: int, height: int, *, phone: bool = False) -> None:
        """The window's size; a phone has touch and two pixels to a point."""
        metrics = {
            "width": width,
            "height": height,
            "deviceScaleFactor": 2 if phone else 1,
            "mobile": phone,
        }
        self.tell("Emulation.setDeviceMetricsOverride", **metrics)
        self.tell("Emulation.setTouchEmulationEnabled", enabled=phone)

    def colours(self, scheme: str) -> None:
        """The system's colour scheme: light or dark. Animations are off."""
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.tell("Emulation.setEmulatedMedia", features=features)

    def network(self, *, on: bool) -> None:
        """Go online or offline."""
        self.tell("Network.enable")
        self.tell(
            "Network.emulateNetworkConditions",
            offline=not on,
            latency=0,
            downloadThroughput=-1,
            uploadThroughput=-1,
        )

    def tell(self, command: str, **values: object) -> Any:
        """One command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(command, dict(values))

    def before_pages(self, script: str) -> None:
        """Run `script` in every page before its own scripts, until the browser is given back."""
        added = self.tell("Page.addScriptToEvaluateOnNewDocument", source=script)
        self._before_pages.append(added["identifier"])

    def run(self, script: str, *values: object) -> Any:
        """Run a script in the page and return what it returns."""
        return self.driver.execute_script(script, *values)

    def open(self, address: str) -> None:
        """Load a page."""
        self.driver.get(address)

    def sign_in(self, link: str, *, own: bool = False) -> None:
        """Open a one-time link and press its button; `own`: say that the device is the person's."""
        self.open(link)
        if own:
            self.press("door-own")
        self.press("door-submit")
        self.until(lambda: self.run("return document.body.dataset.view") == "chat")
        self.until(lambda: self.connection() == "online")

    def the(self, element_id: str) -> WebElement:
        """The element with this id."""
        return self.driver.find_element(By.ID, element_id)

    def all(self, selector: str) -> list[WebElement]:
        """The elements of a CSS selector."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def press(self, element_id: str) -> None:
        """Click the element with this id as soon as it can be clicked."""
        self.until(
            lambda: self.the(element_id).is_displayed() and self.the(element_id).is_enabled()
        )
        self.the(element_id).click()

    def say(self, text: str) -> None:
        """Type into the composer and press the button."""
        self.until(lambda: self.the("text").is_displayed())
        self.the("text").send_keys(text)
        self.press("send")

    def choose(self, label: str) -> None:
        """Press a choice of the open question."""
        selector = ".message:not(.spent) .choice:not([aria-disabled])"
        self.until(lambda: any(one.text.endswith(label) for one in self.all(selector)))
        next(one for one in self.all(selector) if one.text.endswith(label)).click()

    def texts(self) -> list[str]:
        """Every message on the page, in order; ours begin with "<"."""
        return [
            str(text)
            for text in self.run(
                "return [...document.querySelectorAll('.message')].map((one) =>"
                " (one.classList.contains('mine') ? '> ' : '< ') +"
                " (one.querySelector('.text')?.textContent ?? ''))"
            )
        ]

    def until_text(self, text: str) -> None:
        """Wait until the last message begins with this text."""
        self.until(lambda: bool(self.texts()) and self.texts()[-1].startswith(text))

    def connection(self) -> str:
        """online, connecting or offline"""
        return str(self.run("return document.getElementById('connection').dataset.state"))

    def focused(self) -> WebElement:
        """The focused element."""
        return self.driver.switch_to.active_element

    def keys(self, *keys: str) -> None:
        """Type into the focused element."""
        self.focused().send_keys(*keys)

    def tab(self) -> None:
        """Move the focus to the next element."""
        self.keys(Keys.TAB)

    def until(self, so: Callable[[], bool]) -> None:
        """Wait for a condition of the page; AssertionError if it does not become true."""
        wait = WebDriverWait(
            self.driver,
            PATIENCE_SECONDS,
            poll_frequency=0.05,
            # The page may load another one during this check.
            ignored_exceptions=(NoSuchElementException, StaleElementReferenceException),
        )
        try:
            wait.until(lambda _: so())
        except TimeoutException:
            raise AssertionError(f"did not come true; the page has {self.texts()}") from None

    def screenshot(self) -> bytes:
        """A screenshot as PNG."""
        return base64.b64decode(self.tell("Page.captureScreenshot", format="png")["data"])

    def barriers(self) -> list[str]:
        """The accessibility errors that axe rates serious or critical in this state."""
        script = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
        self.tell("Page.setBypassCSP", enabled=True)
        self.run(script)
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']})"
            ".then((result) => done(result.violations));"
        )
        return [
            f"{one['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
            for one in found
            if one["impact"] in _BLOCKING
            for node in one["nodes"]
        ]

    def forget(self) -> None:
        """Reset the browser: no cookie, no cached file, an empty window, default size, colours and
        network. A page's storage belongs to its origin, whose port no other test has.
        """
        for added in self._before_pages:
            self.tell("Page.removeScriptToEvaluateOnNewDocument", identifier=added)
        self._before_pages.clear()
        self.tell("Network.clearBrowserCookies")
        self.tell("Network.clearBrowserCache")
        if (origin := self.run("return location.origin")) != "null":
            self.tell("Storage.clearDataForOrigin", origin=origin, storageTypes="all")
        self.driver.switch_to.new_window("window")
        new = self.driver.current_window_handle
        for handle in self.driver.window_handles:
            if handle != new:
                self.driver.switch_to.window(handle)
                self.driver.close()
        self.driver.switch_to.window(new)
        self.problems()

    def problems(self) -> list[str]:
        """The errors that the page logged, except refused and lost connections."""
        return [
            entry["message"]
            for entry in self.driver.get_log("browser")  # type: ignore[no-untyped-call]
            if entry["level"] == "SEVERE" and "Failed to load resource" not in entry["message"]
        ]


@contextmanager
def chromium(profile: Path) -> Iterator[Chromium]:
    """A browser with a new profile."""
    options = webdriver.ChromeOptions()
    options.binary_location = PROGRAM or ""
    for argument in (*_QUIET, f"--user-data-dir={profile}", "--lang=vi"):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium refuses to run as root with a sandbox
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        yield Chromium(driver)
    finally:
        driver.quit()
