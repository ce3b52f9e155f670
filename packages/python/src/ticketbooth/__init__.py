"""A local emulator of the embed-ticket APIs of Tencent Cloud BI and Alibaba Quick BI, for tests.

>>> from ticketbooth import Ticketbooth
>>> with Ticketbooth() as emulator:
...     sandbox = emulator.sandbox()
...     client = make_client(endpoint=sandbox.endpoint, key=sandbox.alibaba)

The fixtures for pytest are in `ticketbooth.pytest_plugin`; `pytest --fixtures` lists them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._binary import find_binary
    from .client import AdminError, AlibabaKey, Clock, Sandbox, StartError, TencentKey, Ticketbooth, Visit

__version__ = "0.1.0"
__all__ = [
    "AdminError",
    "AlibabaKey",
    "Clock",
    "Sandbox",
    "StartError",
    "TencentKey",
    "Ticketbooth",
    "Visit",
    "find_binary",
]


def __getattr__(name: str) -> Any:
    # Every run of pytest imports this package for its plugin, so what only a test needs waits until one asks.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import _binary, client

    return getattr(_binary if name == "find_binary" else client, name)
