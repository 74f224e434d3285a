#!/bin/sh
# Installs the package in a fresh environment without constraints.txt, as `pip install .` does for a user, and runs the flow on the samples.
# Usage: sh tests/unpinned.sh PYTHON
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
"$1" -m venv "$place/venv"
"$place/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$root"
cd "$place"
PREFECT_HOME="$place/prefect" "$place/venv/bin/lessons" run "$root/corpora/samples" --config "$root/lessons.toml" --out "$place/out"
test -s "$place/out/passages.jsonl"
"$place/venv/bin/python" -m pip list --format=freeze --disable-pip-version-check | grep -E '^(prefect|fastapi|spacy|scikit-learn|pythainlp|nlpo3|numpy)=='
echo "the flow runs without the constraints"
