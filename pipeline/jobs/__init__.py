"""The jobs: collect, analyse, publish, learn. The one place that wires the layers; no scheduler is known here."""
