"""Where the program is that came with this package."""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path
from typing import Iterator

_NAME = "ticketbooth" + (sysconfig.get_config_var("EXE") or "")


def find_binary() -> str:
    """Returns the path of the `ticketbooth` program.

    `TICKETBOOTH_BINARY` goes before everything else. Raises `FileNotFoundError`, which names every place that was
    looked at.
    """
    named = os.environ.get("TICKETBOOTH_BINARY")
    places = [Path(named)] if named else list(dict.fromkeys(_places()))
    for place in places:
        if place.is_file() and os.access(place, os.X_OK):
            return str(place)
    looked = "".join(f"\n  {place}" for place in places)
    cure = "unset TICKETBOOTH_BINARY, or name a program in it" if named else (
        "install the package again with pip, which puts the program there, or name one in TICKETBOOTH_BINARY"
    )
    raise FileNotFoundError(f"the program ticketbooth is in none of these places:{looked}\n{cure}")


def _places() -> Iterator[Path]:
    package = Path(__file__).resolve().parent
    folder = "Scripts" if os.name == "nt" else "bin"
    # First those beside this very package, as another version may lie in the others: `--target` puts the folder next to
    # it, an environment or `--prefix` above `lib/python3.X/site-packages`.
    yield package.parent / folder / _NAME
    above = 2 if os.name == "nt" else 3
    if len(package.parents) > above:
        yield package.parents[above] / folder / _NAME
    yield Path(sysconfig.get_path("scripts")) / _NAME
    yield Path(sysconfig.get_path("scripts", vars={"base": sys.base_prefix})) / _NAME
    yield Path(sysconfig.get_path("scripts", scheme=f"{os.name}_user")) / _NAME
