"""A Zalo channel for the contract test of all channels."""

import json

import httpx

from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.settings import Bot
from scheduling.channel import Rates
from tests.zalo_server.server import TEXT_UNITS


def zalo_channel() -> ZaloChannel:
    """With one bot without a name and a Zalo that accepts texts up to the limit; there is no rate
    limit.
    """
    bot = Bot(name="", token="4711008150815:contract")
    client = ZaloClient("https://zalo.example", bot, httpx.MockTransport(_take))
    channel = ZaloChannel.over({bot.name: client}, monthly=3_000)
    channel.rates = Rates(a_month=3_000)
    return channel


def _take(request: httpx.Request) -> httpx.Response:
    text = json.loads(request.content)["text"]
    if not 0 < len(text.encode("utf-16-le")) // 2 <= TEXT_UNITS:
        return httpx.Response(400, json={"ok": False, "error_code": 400})
    return httpx.Response(200, json={"ok": True, "result": {"message_id": "m1", "date": 1}})
