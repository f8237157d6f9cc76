#!/bin/sh
# From the corpora to the shipped files: make.sh PYTHON DATA WORK [MINUTES] [free]
# `free` makes wortlaut-de-open: from SpkAtt and our own passages only, on lower layers that stay as they were.
set -eu
here=$(dirname "$0")
python=$1 data=$2 work=$3 minutes=${4:-73} free=${5:+--free}
name=wortlaut-de${free:+-open} frozen=$([ -n "$free" ] && echo 6 || echo 2) rounds=$([ -n "$free" ] && echo 0 || echo 3)
model=$here/../models/$name/src/$(echo "$name" | tr - _)
"$python" "$here/train.py" --data "$data" --work "$work" --minutes "$minutes" --frozen "$frozen" $free
"$python" "$here/vectors.py" --data "$data" --work "$work" --rounds "$rounds" $free
"$python" "$here/export.py" --work "$work" --into "$model"
"$python" "$here/tune.py" --data "$data" --model "$model" $free
[ -n "$free" ] || "$python" "$here/acts.py" --data "$data" --model "$model"
"$python" "$here/steps.py" --model "$model"
