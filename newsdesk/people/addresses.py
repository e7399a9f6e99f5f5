"""Where a request comes from. What it says of itself counts only if a proxy of ours says it."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address


def address_of(request: HttpRequest) -> Address | None:
    """That of the connection; if it is one of TRUSTED_PROXIES, the last address in X-Forwarded-For that is none.

    None where there is no telling, as on a connection through a socket of this machine."""
    address = _read(request.META.get("REMOTE_ADDR", ""))
    if not settings.TRUSTED_PROXIES or not (address is None or _is_proxy(address)):
        return address
    for written in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        found = _read(written)
        if found is None:
            return address
        address = found
        if not _is_proxy(found):
            return found
    return address


def place_of(address: Address | None) -> str:
    """What counts as one address: whoever has one of IPv6 has a network of them."""
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address or "")


def browser_of(request: HttpRequest) -> str:
    return request.headers.get("User-Agent", "").replace("\0", "")[:300]


def _is_proxy(address: Address) -> bool:
    return any(address in network for network in settings.TRUSTED_PROXIES)


def _read(written: str) -> Address | None:
    """A port may stand behind it, and brackets around IPv6."""
    text = written.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
