#!/usr/bin/env bash
# The contract, as buf sees it.
#
#   buf_check.sh lint        the protos follow proto/buf.yaml
#   buf_check.sh breaking    nothing in proto/baseline.binpb was broken
#   buf_check.sh update      the protos become the baseline
#   buf_check.sh twin        the first two do fail on a contract that breaks their rules
#
# BUF names the buf to run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
: "${BUF:=build/deps/contract-tools/node_modules/.bin/buf}"
[[ -x $BUF ]] || { echo "buf is not at $BUF: run ./dev setup" >&2; exit 1; }
BUF=$(realpath "$BUF")

lint() { "$BUF" lint "$1"; }

# buf wants two images of one module each, so Google's protos are left out of both.
image() { "$BUF" build "$1" --path "$1/chancery" --exclude-source-info -o "$2"; }

# Compares the contract in a folder with a baseline.
breaking() {
  local now result=0
  now=$(mktemp --suffix=.binpb)
  image "$1" "$now"
  "$BUF" breaking "$now" --against "$2" --config "$1/buf.yaml" --exclude-imports || result=$?
  rm "$now"
  return $result
}

# In a copy of the contract, a check passes, and no longer does after an edit.
refuses() {
  local edit=$1
  shift
  "$@" || { echo "twin: '$1' fails before the edit" >&2; return 1; }
  sed -i "$edit" "$copy/chancery/types/v1/error_reason.proto"
  if "$@" >/dev/null 2>&1; then
    echo "twin: '$1' accepts a contract after: $edit" >&2
    return 1
  fi
  cp proto/chancery/types/v1/error_reason.proto "$copy/chancery/types/v1/"
}

twin() {
  scratch=$(mktemp -d)
  trap 'rm -r "$scratch"' EXIT
  copy=$scratch/proto
  mkdir -p "$copy/third_party"
  cp -r proto/chancery proto/buf.yaml "$copy"
  cp -rL proto/third_party/googleapis "$copy/third_party/"
  image "$copy" "$scratch/before.binpb"
  refuses '$a message Undocumented {}' lint "$copy"
  refuses 's/REQUEST_UNDECODABLE = 1;/REQUEST_UNDECODABLE = 4999;/' \
    breaking "$copy" "$scratch/before.binpb"
}

case ${1:-} in
  lint) lint proto ;;
  breaking)
    [[ -f proto/baseline.binpb ]] || { echo "no baseline: ./dev lint --update-baseline" >&2; exit 1; }
    breaking proto proto/baseline.binpb ;;
  update) image proto proto/baseline.binpb ;;
  twin) twin ;;
  *) echo "usage: buf_check.sh lint|breaking|update|twin" >&2; exit 2 ;;
esac
