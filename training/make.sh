#!/bin/sh
# From the corpora to the shipped files: make.sh PYTHON DATA WORK [MINUTES]
set -eu
here=$(dirname "$0")
python=$1 data=$2 work=$3 minutes=${4:-73}
model=$here/../models/wortlaut-de/src/wortlaut_de
"$python" "$here/train.py" --data "$data" --work "$work" --minutes "$minutes" --frozen 2
"$python" "$here/vectors.py" --data "$data" --work "$work"
"$python" "$here/export.py" --work "$work" --into "$model"
"$python" "$here/tune.py" --data "$data" --model "$model"
"$python" "$here/acts.py" --data "$data" --work "$work" --model "$model"
