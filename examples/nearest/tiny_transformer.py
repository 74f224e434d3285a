"""Make a tiny transformer with random weights, to try the example's way without a model of anybody.

Comes in: the folder that NEAREST_MODEL shall name, with `examples.tsv`. Goes out: `model.onnx` and `tokenizer.json` there: two layers of attention
over pieces of words that the examples hold. Refuses nothing. It knows nothing of Thai; what it shows is that a model so made is read.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

PIECES, WIDTH, HEADS, LAYERS, PLACES = 500, 64, 4, 2, 256


class Graph:
    """An ONNX graph on its way: each step names its output, weights are drawn."""

    def __init__(self, seed: int = 0) -> None:
        """Begin without a node."""
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self._rng = np.random.default_rng(seed)

    def step(self, kind: str, *inputs: str, **how: object) -> str:
        """Add a node and return the name of its output."""
        name = f"{kind}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **how))
        return name

    def keep(self, values: object) -> str:
        """Add numbers that stay as they are, and return their name."""
        name = f"kept{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def drawn(self, *shape: int) -> str:
        """Add weights drawn by chance."""
        return self.keep(self._rng.normal(0, shape[0] ** -0.5, shape).astype(np.float32))

    def normed(self, name: str) -> str:
        """Bring every row to one length."""
        return self.step("LayerNormalization", name, self.keep(np.ones(WIDTH, np.float32)), axis=-1)


def build() -> onnx.ModelProto:
    """Return the transformer: pieces and their mask come in, a vector for each piece goes out."""
    graph = Graph()
    length = graph.step("Shape", "input_ids", start=1, end=2)
    places = graph.step("Slice", graph.drawn(PLACES, WIDTH), graph.keep(np.zeros(1, np.int64)), length)
    rows = graph.step("Add", graph.step("Gather", graph.drawn(PIECES, WIDTH), "input_ids"), places)
    seen = graph.step("Cast", "attention_mask", to=TensorProto.FLOAT)
    hidden = graph.step("Mul", graph.step("Sub", graph.keep(np.float32(1)), seen), graph.keep(np.float32(-1e9)))
    mask = graph.step("Unsqueeze", hidden, graph.keep(np.array([1, 2])))
    for _ in range(LAYERS):
        rows = graph.normed(graph.step("Add", rows, attended(graph, rows, mask)))
        inner = graph.step("Relu", graph.step("MatMul", rows, graph.drawn(WIDTH, 4 * WIDTH)))
        rows = graph.normed(graph.step("Add", rows, graph.step("MatMul", inner, graph.drawn(4 * WIDTH, WIDTH))))
    graph.nodes[-1].output[0] = "last_hidden_state"
    put_in = [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "pieces"]) for name in ("input_ids", "attention_mask")]
    told = [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["texts", "pieces", WIDTH])]
    made = helper.make_model(
        helper.make_graph(graph.nodes, "tiny", put_in, told, graph.weights), opset_imports=[helper.make_opsetid("", 17)], ir_version=9
    )
    onnx.checker.check_model(made)
    return made


def attended(graph: Graph, rows: str, mask: str) -> str:
    """Add one layer of attention over the rows."""
    split = graph.keep(np.array([0, 0, HEADS, WIDTH // HEADS]))
    asked, offered, given = (
        graph.step("Transpose", graph.step("Reshape", graph.step("MatMul", rows, graph.drawn(WIDTH, WIDTH)), split), perm=order)
        for order in ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3])
    )
    scores = graph.step("Mul", graph.step("MatMul", asked, offered), graph.keep(np.float32((WIDTH // HEADS) ** -0.5)))
    shares = graph.step("Softmax", graph.step("Add", scores, mask), axis=-1)
    joined = graph.step("Transpose", graph.step("MatMul", shares, given), perm=[0, 2, 1, 3])
    return graph.step("MatMul", graph.step("Reshape", joined, graph.keep(np.array([0, 0, WIDTH]))), graph.drawn(WIDTH, WIDTH))


def main(folder: Path) -> None:
    """Write the transformer and the pieces that it knows into a folder."""
    texts = [line.partition("\t")[2] for line in (folder / "examples.tsv").read_text(encoding="utf-8").splitlines()]
    cut = Tokenizer(models.BPE(unk_token="[UNK]"))  # noqa: S106 - a piece of a word, not a password
    cut.pre_tokenizer = pre_tokenizers.Whitespace()
    cut.train_from_iterator(texts, trainers.BpeTrainer(vocab_size=PIECES, special_tokens=["[UNK]"], show_progress=False))
    cut.save(str(folder / "tokenizer.json"))
    onnx.save(build(), str(folder / "model.onnx"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
