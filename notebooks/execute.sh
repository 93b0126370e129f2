#!/usr/bin/env bash
# Executes the notebook on a release: notebooks/execute.sh RELEASE [OUTPUT.ipynb]. Needs Python 3.11 or later; keeps its packages in
# target/notebook-environment.
set -euo pipefail

here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
[[ -n ${1-} && -f $1/release.json ]] || {
  printf 'execute.sh: found %s, expected the folder of a release\n' "'${1-}'" >&2
  exit 2
}
release=$(cd -- "$1" && pwd)
output=${2-$here/../target/01-country-exposure.ipynb}
environment=$here/../target/notebook-environment

if ! cmp -s "$here/requirements.txt" "$environment/requirements.txt"; then
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
  cp "$here/requirements.txt" "$environment/"
fi
ATLAS_RELEASE=$release "$environment/bin/python" - "$here/01-country-exposure.ipynb" "$output" <<'PYTHON'
import sys

import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
nbformat.write(notebook, sys.argv[2])
PYTHON
