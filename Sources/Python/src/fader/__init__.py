"""Fader for Python: tables and ranking files as events, a client of the service, checkpoints in NumPy.

Modules are imported by what they need: ``fader.tables`` (PyArrow), ``fader.letor``, ``fader.dsjson``,
``fader.elwc``, ``fader.client`` (httpx) and ``fader.checkpoint`` (NumPy). The command is ``fader-py``.
"""

from fader.errors import FaderError, InputError

__all__ = ["FaderError", "InputError"]
__version__ = "0.1.0"
