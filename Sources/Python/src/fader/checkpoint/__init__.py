"""Checkpoints without Swift: the format, told by a reader of it in NumPy.

``Checkpoint("checkpoints/quickstart").rank(request)`` gives the list and the log-probabilities
that ``fader rank`` gives, up to rounding in float32. It reads slowly and plainly, so it is the
description of the format; a service wants ``fader serve``.

=============  =================================================================================
module         what it says of the format
=============  =================================================================================
``files``      the folder: ``bundle.json``, hashes, safetensors
``sides``      section ``schema``: how features become numbers, rows of tables and columns
``features``   a request as numbers, all sides of it
``objectives`` section ``objectives``: names, scales, rules, and what the pointer sees of them
``layers``     linear layers, the item encoder, the recurrent unit: names and shapes of tensors
``history``    section ``schema.history``: what a user saw and did before, and its attention
``generator``  section and tensors ``generator``: theta(w), the recurrence, the pointer
``pointwise``  section and tensors ``pointwise``: the other family of policies
``terms``      tensors ``evaluator.K.pointwise``: what items earn alone and beside each other
``reference``  the policy that a generator's scores are added to
``evaluator``  section and the other tensors ``evaluator.K``: predicted utilities of a list
``draws``      the random numbers of sampled lists
=============  =================================================================================

Letters of shapes: M candidates, n places of the list, W objectives, D features of an item after
tables were looked up, R those of user and context together, H an encoded item, G the recurrent
state, A the attention, L the local context of a candidate, S numbers of theta(w), N places that
evaluators look at. All numbers are float32; tensors are matrices ``[rows, columns]``, and a layer
is ``x W + b`` with ``W [inputs, outputs]`` and ``b [1, outputs]``.
"""

from fader.checkpoint.model import Checkpoint, RankedItem, RankedList

__all__ = ["Checkpoint", "RankedItem", "RankedList"]
