"""Write a network in the form in which it reads: an ONNX file, the weights of its products in whole numbers.

Comes in: a trained `TagNetwork`. Goes out: its file in a folder of ``models/``. Refuses nothing.
"""

from __future__ import annotations

import logging
import warnings
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from pipeline.nlp.stretches import GAPS
from pipeline.nlp.tagger import NETWORK_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.train.network import TagNetwork

_OPSET = 20  # the first in which gelu is one operation


def save_network(network: TagNetwork, folder: Path) -> None:
    """Write the network into a folder of ``models/`` in the form that onnxruntime reads, the weights of its products in whole numbers.

    They have seven bits, so that sums fit a plain processor's registers and are the same on all.
    """
    gaps = torch.zeros(2, 8, GAPS)
    gaps[..., 0] = 1  # each word of the example is there
    example = (torch.zeros(2, 8, network.context.width), gaps, torch.zeros(2, 8, network.signs.in_features))
    names = ["vectors", "gaps", "signs"]
    axes = {name: {0: "texts", 1: "words"} for name in (*names, "tags")}
    with _unwarned(), TemporaryDirectory() as exact:
        exported = Path(exact) / NETWORK_FILE
        torch.onnx.export(network, example, exported, input_names=names, output_names=["tags"], dynamic_axes=axes, dynamo=False, opset_version=_OPSET)
        quantize_dynamic(
            exported, folder / NETWORK_FILE, op_types_to_quantize=["MatMul"], per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )


@contextmanager
def _unwarned() -> Iterator[None]:
    """Keep back what the exporters say of their own ways."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before = logging.root.manager.disable
        logging.disable(max(before, logging.WARNING))
        try:
            yield
        finally:
            logging.disable(before)
