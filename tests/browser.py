"""A headless Chromium that notes what a page asks for and complains about."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

DEBIAN_PACKAGES = "chromium chromium-driver"
PATIENCE_S = 60
_OPTIONS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--mute-audio"),
    *("--autoplay-policy=no-user-gesture-required", "--window-size=1400,900"),
)


class Browser:
    """One window. Selenium's driver is `driver`; the rest is what the tests ask for."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver
        self._asked: list[str] = []

    def open(self, page: Path) -> None:
        """Load a page from disk, as a double click on it would."""
        self.driver.get(page.as_uri())

    def run(self, script: str, *arguments):
        """The value of a piece of JavaScript."""
        return self.driver.execute_script(script, *arguments)

    def press(self, *keys: str) -> None:
        """Keys, to whatever has the focus."""
        for key in keys:
            webdriver.ActionChains(self.driver).send_keys(key).perform()

    def wait_for(self, script: str, *arguments):
        """The value of a piece of JavaScript, once it is true."""
        wait = WebDriverWait(self.driver, PATIENCE_S, poll_frequency=0.05)
        return wait.until(lambda driver: driver.execute_script(script, *arguments), script)

    def text(self, selector: str) -> str:
        """What an element holds, hidden or not."""
        return self.driver.find_element(By.CSS_SELECTOR, selector).get_property("textContent")

    def complaints(self) -> list[str]:
        """What the console says since it was last asked: errors, warnings, blocked content."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Every address that was asked for since the window was opened, but for inline data."""
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] in ("Network.requestWillBeSent", "Network.webSocketCreated"):
                told = message["params"]
                self._asked.append(told.get("request", told)["url"])
        return [url for url in self._asked if not url.startswith("data:")]


@contextmanager
def browser() -> Iterator[Browser]:
    """A new window, its profile new; without Chromium the test is skipped, in CI it fails."""
    programs = [shutil.which(name) for name in ("chromium", "chromedriver")]
    if None in programs:
        reason = f"no Chromium with its driver: apt-get install {DEBIAN_PACKAGES}"
        if os.environ.get("CI", "").lower() in ("true", "1"):
            pytest.fail(f"{reason}; without it nobody has opened the review page")
        pytest.skip(reason)
    options = webdriver.ChromeOptions()
    options.binary_location = programs[0]
    for option in _OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(programs[1]))
    try:
        yield Browser(driver)
    finally:
        driver.quit()
