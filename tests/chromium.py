"""The browser that browser tests, benchmarks and screenshots drive: the system's own Chromium."""

import shutil

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# Without its windows, where that is installed too: the same engine, in which a new page costs a test half as much.
HEADLESS = shutil.which("chromium-headless-shell") or CHROMIUM
NO_BROWSER = "no Chromium found: install it (on Debian and Ubuntu: sudo apt install chromium)"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
