"""Who sends a request: an address for the rate limits, a device name for the list of sessions."""

from ipaddress import IPv6Address, ip_address
from typing import Final

from aiohttp import hdrs, web

from bot.channels.web.settings import WebSettings

# A household or office owns a whole IPv6 network and may use any address in it.
_IPV6_NETWORK: Final = 64
_IPV6_BITS: Final = 128

_BROWSERS: Final = (
    ("Zalo", "Zalo"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("EdgA", "Edge"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""A mark in User-Agent and the name that people know. The first match counts, because other
browsers' headers also contain the later marks.
"""

_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def address_of(request: web.Request, settings: WebSettings) -> str:
    """The address that a request comes from, as far as it can be trusted.

    Behind a trusted proxy it is the last address that the proxies themselves added; a client can
    invent everything to the left of it.
    """
    address = request.remote or ""
    if settings.trusts(address):
        forwarded = ",".join(request.headers.getall(hdrs.X_FORWARDED_FOR, []))
        for hop in reversed([part.strip() for part in forwarded.split(",")]):
            address = hop
            if not settings.trusts(hop):
                break
    return _network_of(address)


def device_of(user_agent: str) -> str:
    """ "Chrome · Android"; empty if neither is known."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return " · ".join(filter(None, (browser, system)))


def _network_of(address: str) -> str:
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        shift = _IPV6_BITS - _IPV6_NETWORK
        return str(IPv6Address(int(parsed) >> shift << shift))
    return str(parsed)
