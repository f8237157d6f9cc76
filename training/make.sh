#!/bin/sh
# From the corpora to the shipped files: make.sh PYTHON DATA WORK [MINUTES]
set -eu
cd "$(dirname "$0")"
python=$1 data=$2 work=$3 minutes=${4:-73}
model=../models/wortlaut-de/src/wortlaut_de
"$python" train.py --data "$data" --work "$work" --minutes "$minutes" --frozen 2
"$python" vectors.py --data "$data" --work "$work"
"$python" export.py --work "$work" --into "$model"
"$python" tune.py --data "$data" --model "$model"
