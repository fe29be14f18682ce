"""The web chat: a self-hosted page, its server, its sessions.

settings  limits  words           what is configured, allowed, said
contracts  desk  database         what it asks of the rest of the program
wire  caller                      requests and messages, read and written
site  guard                       what all requests share, and what stands around them
pages  signing  talking  events   the addresses, by subject
hub                               who is watching
channel  server                   how delivery and `bot` see it
"""

from bot.channels.web.channel import WebChannel
from bot.channels.web.contracts import CannotMake, Database, Made, Maker, Turns
from bot.channels.web.database import StoreDatabase
from bot.channels.web.desk import Desk
from bot.channels.web.server import WebServer, build_site
from bot.channels.web.settings import WebSettings, WebSettingsError, networks
from bot.channels.web.signing import join_link, new_code

__all__ = [
    "CannotMake",
    "Database",
    "Desk",
    "Made",
    "Maker",
    "StoreDatabase",
    "Turns",
    "WebChannel",
    "WebServer",
    "WebSettings",
    "WebSettingsError",
    "build_site",
    "join_link",
    "networks",
    "new_code",
]
