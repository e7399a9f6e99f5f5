"""Our own reckoning of the score that Mozilla's HTTP Observatory would give an answer, by its published table.

The table is `src/grader/charts.js` of github.com/mdn/mdn-http-observatory, and what each result asks for its
`src/analyzer/tests/`, as read on 26 November 2026. What it cannot know is what only a scan of a real host finds: that
the certificate is good, that http leads to https (both taken as given: 0), and whether the host is on the preload list.
Its tests of the opener and embedder policies are younger than the table, and stand in it with no number.
Nobody but the Observatory gives its score.
"""

from dataclasses import dataclass
from http.cookies import Morsel

from django.http import HttpResponse

BASE = 100
# Below this nothing is added.
LEAST_FOR_MORE = 90
HALF_A_YEAR = 15_768_000
_BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
_INLINE = {"'unsafe-inline'", "data:"}
_PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


@dataclass(frozen=True)
class Reckoned:
    modifiers: dict[str, int]

    @property
    def score(self) -> int:
        without = BASE + sum(one for one in self.modifiers.values() if one < 0)
        more = sum(one for one in self.modifiers.values() if one > 0)
        return max(without + (more if without >= LEAST_FOR_MORE else 0), 0)


def reckon(response: HttpResponse, scripts: list[dict[str, str]] | None = None, *, preloaded: bool = False) -> Reckoned:
    """`scripts`: the attributes of each script of the page."""
    policy = directives(response.get("Content-Security-Policy", ""))
    return Reckoned({
        "content-security-policy": _policy(policy),
        "cookies": _cookies(list(response.cookies.values())),
        "referrer-policy": 5 if response.get("Referrer-Policy") in _PRIVATE else -5,
        "strict-transport-security": _transport(response.get("Strict-Transport-Security", ""), preloaded),
        "subresource-integrity": _integrity(scripts or []),
        "x-content-type-options": 0 if response.get("X-Content-Type-Options") == "nosniff" else -5,
        "x-frame-options": _framing(policy, response.get("X-Frame-Options")),
        "cross-origin-resource-policy": {"same-origin": 10, "same-site": 10, "cross-origin": 0}.get(
            response.get("Cross-Origin-Resource-Policy", "cross-origin"), -5
        ),
        "cross-origin-resource-sharing": -50 if "Access-Control-Allow-Credentials" in response else 0,
    })  # fmt: skip


def directives(header: str) -> dict[str, set[str]]:
    words = [one.split() for one in header.split(";")]
    return {first: set(rest) for first, *rest in filter(None, words)}


def _policy(policy: dict[str, set[str]]) -> int:
    if not policy:
        return -25
    fallback = policy.get("default-src", {"*"})
    script, style, inert = (policy.get(f"{name}-src", fallback) for name in ("script", "style", "object"))
    if script & (_BROAD | _INLINE) or inert & _BROAD:
        return -20
    if "'unsafe-eval'" in script | style:
        return -10
    if style & (_BROAD | _INLINE):
        return 0
    return 10 if fallback == {"'none'"} else 5


def _cookies(cookies: list["Morsel[str]"]) -> int:
    if not cookies:
        return 0
    for cookie in cookies:
        is_session = any(part in cookie.key.lower() for part in ("login", "sess"))
        if is_session and not cookie["httponly"]:
            return -30
        if not cookie["secure"]:
            return -40 if is_session else -20
        if "csrf" in cookie.key.lower() and not cookie["samesite"]:
            return -20
    return 5 if all(cookie["samesite"] in ("Lax", "Strict") for cookie in cookies) else 0


def _transport(header: str, preloaded: bool) -> int:
    ages = [one.strip().removeprefix("max-age=") for one in header.split(";") if "max-age=" in one]
    if not ages:
        return -20
    if preloaded:
        return 5
    return 0 if int(ages[0]) >= HALF_A_YEAR else -10


def _integrity(scripts: list[dict[str, str]]) -> int:
    """As the Observatory does, one script with a digest is enough where all come from the own host."""
    assert all(one.get("src", "/").startswith("/") and not one.get("src", "/").startswith("//") for one in scripts)
    return 5 if any("integrity" in one for one in scripts) else 0


def _framing(policy: dict[str, set[str]], header: str | None) -> int:
    if "frame-ancestors" in policy and not policy["frame-ancestors"] & _BROAD:
        return 5
    return 0 if header in ("DENY", "SAMEORIGIN") else -20
