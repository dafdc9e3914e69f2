"""Random numbers of sampled lists.

A stream is named by (seed, name, step, request): Philox4x32-10 (Salmon et al., SC 2011), its key and
the upper half of its counter mixed from the name by FNV-1a and SplitMix64. A service draws list k
of a request with the seed ``stable_hash(request_id)``, the name ``generator.decode``, step 0 and
request ``k << 32``.
"""

from __future__ import annotations

from fader.checkpoint.sides import scramble

_MASK32 = 0xFFFF_FFFF
_MASK = 0xFFFF_FFFF_FFFF_FFFF
_GOLDEN = 0x9E37_79B9_7F4A_7C15


def _fnv(data: bytes) -> int:
    state = 0xCBF2_9CE4_8422_2325
    for byte in data:
        state = ((state ^ byte) * 0x100_0000_01B3) & _MASK
    return state


def stable_hash(text: str, seed: int = 0) -> int:
    """64 bits of a text: FNV-1a over 8 bytes of the seed and the UTF-8, SplitMix64's finaliser."""
    return scramble(_fnv(seed.to_bytes(8, "little") + text.encode()))


class RandomStream:
    """Numbers that are a function of their stream's name and a counter."""

    def __init__(self, seed: int, name: str, step: int = 0, request: int = 0) -> None:
        mix = scramble(seed ^ _GOLDEN)
        mix = scramble(mix ^ _fnv(name.encode()))
        mix = scramble(mix ^ step)
        low = scramble(mix ^ request)
        high = scramble((low + _GOLDEN) & _MASK)
        self._key = (low & _MASK32, low >> 32)
        self._high = (high & _MASK32, high >> 32)
        self._count = 0
        self._spare: int | None = None

    def next(self) -> int:
        """64 bits."""
        if self._spare is not None:
            ready, self._spare = self._spare, None
            return ready
        count = self._count
        x, y, z, w = _philox((count & _MASK32, count >> 32, *self._high), self._key)
        self._count += 1
        self._spare = z | w << 32
        return x | y << 32

    def uniform(self) -> float:
        """A number in [0, 1), of 53 bits."""
        return (self.next() >> 11) * 2.0**-53


def _philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Ten rounds of Philox4x32."""
    x, y, z, w = counter
    low, high = key
    for _ in range(10):
        a, b = x * 0xD251_1F53, z * 0xCD9E_8D57
        x, y, z, w = (b >> 32) ^ y ^ low, b & _MASK32, (a >> 32) ^ w ^ high, a & _MASK32
        low, high = (low + 0x9E37_79B9) & _MASK32, (high + 0xBB67_AE85) & _MASK32
    return x, y, z, w
