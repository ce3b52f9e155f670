"""Points certifi at Ticketbooth's root, for clients that read no variable; then hands on to the next sitecustomize."""

import importlib.machinery
import importlib.util
import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))
_BUNDLE = os.path.join(os.path.dirname(_HERE), "bundle.pem")


def _where():
    return _BUNDLE


def _contents():
    with open(_BUNDLE, encoding="ascii", errors="replace") as bundle:
        return bundle.read()


def _point(module):
    for name, value in (("where", _where), ("contents", _contents)):
        setattr(module, name, value)
        core = sys.modules.get(module.__name__ + ".core")
        if core is not None:
            setattr(core, name, value)


class _Finder:
    """Finds certifi where everybody does, and points it at the bundle once it is there."""

    busy = False

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name != "certifi" or cls.busy:
            return None
        cls.busy = True
        try:
            spec = importlib.util.find_spec(name)
        finally:
            cls.busy = False
        if spec is not None and spec.loader is not None:
            load = spec.loader.exec_module

            def exec_module(module):
                load(module)
                _point(module)

            spec.loader.exec_module = exec_module
        return spec


def _hand_on():
    rest = [place for place in sys.path if os.path.abspath(place or ".") != _HERE]
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", rest)
    if spec is None or spec.loader is None:
        return
    module = importlib.util.module_from_spec(spec)
    sys.modules["sitecustomize"] = module
    spec.loader.exec_module(module)


if "certifi" in sys.modules:
    _point(sys.modules["certifi"])
sys.meta_path.insert(0, _Finder)
# Whoever runs this by another name has had the next one already.
if __name__ == "sitecustomize":
    _hand_on()
