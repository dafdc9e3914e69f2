"""What every model sees of a request first: its features with their tables looked up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fader.checkpoint.features import EncodedRequest
from fader.checkpoint.layers import Tensors
from fader.checkpoint.sides import Side

Array = NDArray[np.float32]


def inputs(
    tensors: Tensors, item: Side, user: Side, context: Side, request: EncodedRequest
) -> tuple[Array, Array]:
    """Items ``[M, D]`` and user and context side by side ``[1, R]``, tables looked up."""
    shared = [
        tensors.side("user", user, request.user), tensors.side("context", context, request.context)
    ]
    return tensors.side("item", item, request.item), np.concatenate(shared, 1)
