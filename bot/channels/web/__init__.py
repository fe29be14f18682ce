"""The web chat: a self-hosted page, its server, its sessions.

settings  limits  words           the settings, the limits, the sentences
contracts  admission  database    the interfaces to the rest of the program
wire  caller                      parsing requests, formatting messages
site  guard                       objects that all requests share, and the middleware
pages  signing  talking  events   the request handlers, by subject
hub                               the open streams
channel  server                   the channel adapter for delivery, and the server for `bot`
"""

from bot.channels.web.admission import Admission
from bot.channels.web.channel import WebChannel
from bot.channels.web.contracts import CannotMake, Database, Made, Maker, Turns
from bot.channels.web.database import StoreDatabase
from bot.channels.web.server import WebServer, build_site
from bot.channels.web.settings import WebSettings, WebSettingsError, networks
from bot.channels.web.signing import join_link

__all__ = [
    "Admission",
    "CannotMake",
    "Database",
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
]
