"""Layers as they stand in a checkpoint: names and shapes of tensors.

A ``Tensors`` is the tensors whose names start with a prefix. In the shapes below ``D``, ``R`` and
``P`` are the widths of an item, of user and context, and of their product (``fit_width``).

==========================  ============================================================
tensors                     shape
==========================  ============================================================
``SIDE.FEATURE``            ``[rows, dimension]``, the table of a categorical or a bag
``NAME.weight``, ``.bias``  ``[inputs, outputs]``, ``[1, outputs]``
``NAME.item.*``             encoder: ``[D, hidden]``, ``[1, hidden]``
``NAME.request.weight``     encoder: ``[R, hidden]``
``NAME.item_fit.*``         encoder: ``[D, P]``, ``[1, P]``
``NAME.request_fit.*``      encoder: ``[R, P]``, ``[1, P]``
``NAME.fit.weight``         encoder: ``[P, hidden]``
``NAME.output.*``           encoder: ``[hidden, H]``, ``[1, H]``
``NAME.input.*``            recurrent unit: ``[I, 3G]``, ``[1, 3G]``; gates reset, update, new
``NAME.recurrent.*``        recurrent unit: ``[G, 3G]``, ``[1, 3G]``
==========================  ============================================================
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from fader.checkpoint.sides import EncodedSide, Side
from fader.errors import InputError

Array = NDArray[np.float32]
F = np.float32


def relu(x: Array) -> Array:
    return np.maximum(x, F(0))


def sigmoid(x: Array) -> Array:
    result: Array = F(1) / (F(1) + np.exp(-np.clip(x, F(-87), F(87))))
    return result


class Tensors:
    """The tensors below a prefix, such as ``generator.``."""

    def __init__(self, all_: Mapping[str, Array], prefix: str, where: str) -> None:
        self._all = all_
        self.prefix = prefix
        self.where = where

    def below(self, name: str) -> Tensors:
        """The tensors below ``prefix + name + "."``."""
        return Tensors(self._all, f"{self.prefix}{name}.", self.where)

    def __contains__(self, name: str) -> bool:
        return self.prefix + name in self._all

    def __getitem__(self, name: str) -> Array:
        if name not in self:
            raise InputError(
                self.where, f"the tensor {self.prefix}{name}", "none",
                "its bundle and its tensors belong to different models, or it is of a newer release",
            )
        return self._all[self.prefix + name]

    def linear(self, name: str, x: Array) -> Array:
        """``x W + b``, ``x [rows, inputs]``; without a bias where none is stored."""
        weight = self[f"{name}.weight"]
        if x.shape[1] != weight.shape[0]:
            raise InputError(
                self.where, f"a tensor {self.prefix}{name}.weight of {x.shape[1]} rows",
                f"{weight.shape[0]}", "its bundle and its tensors belong to different models",
            )
        y = x @ weight
        return y + self[f"{name}.bias"] if f"{name}.bias" in self else y

    def side(self, name: str, layout: Side, encoded: EncodedSide) -> Array:
        """Numbers, then categoricals, then bags of a side, side by side: ``[rows, width]``."""
        tables = self.below(name)
        parts = [encoded.numbers]
        for place, field in enumerate(layout.categoricals):
            parts.append(tables[field][encoded.indices[:, place]])
        for field, bag in zip(layout.bags, encoded.bags):
            parts.append(
                np.stack([tables[field][rows].sum(0, dtype=F) * (F(1) / F(len(rows))) for rows in bag])
                if bag
                else np.zeros((0, tables[field].shape[1]), F)
            )
        return np.concatenate(parts, 1)

    def encoder(self, name: str, items: Array, request: Array) -> Array:
        """Each item together with its request: ``items [M, D]``, ``request [1, R]`` -> ``[M, H]``.

        ``relu(output(relu(item(x) + request(r) + fit(item_fit(x) * request_fit(r)))))``
        """
        own = self.below(name)
        match = own.linear("item_fit", items) * own.linear("request_fit", request)
        hidden = own.linear("item", items) + own.linear("request", request)
        return relu(own.linear("output", relu(hidden + own.linear("fit", match))))

    def recurrent(self, name: str, x: Array, h: Array) -> Array:
        """One step of a gated recurrent unit: ``x [1, I]``, ``h [1, G]`` -> ``[1, G]``.

        ``r = sigmoid(x_r + h_r)``, ``z = sigmoid(x_z + h_z)``, ``n = tanh(x_n + r h_n)``,
        ``h' = (1 - z) n + z h``, where x_ and h_ are the linear layers ``input`` and ``recurrent``.
        """
        own = self.below(name)
        x_r, x_z, x_n = np.split(own.linear("input", x), 3, axis=1)
        h_r, h_z, h_n = np.split(own.linear("recurrent", h), 3, axis=1)
        z = sigmoid(x_z + h_z)
        return (F(1) - z) * np.tanh(x_n + sigmoid(x_r + h_r) * h_n) + z * h
