#!/bin/bash
# SPDX-License-Identifier: MIT
# Builds again, later and in another directory, and compares with what is in the cache, octet by octet.
# usage: check-reproducible.sh [user-space | u-boot | VARIANT]...
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/build.sh"

[ $# -gt 0 ] || set -- user-space
"$here/build.sh" "$@" > /dev/null
again=$(mktemp -d "${cache%/*}/again.XXXXXX")
trap 'rm -rf "$again"' EXIT
mkdir -p "$again/linux"
# Links to the same files, so that sources are not fetched again, but under another name.
cp -al "$cache/sources" "$again/linux/sources"
PICORN_CACHE=$again "$here/build.sh" "$@" > /dev/null
different=0
for target in "$@"; do
    for file in "$cache/images/$target"/*; do
        # What size prints ends with the file's name.
        if [ "${file##*/}" != size ] && ! cmp "$file" "$again/linux/images/$target/${file##*/}"; then
            different=1
        fi
    done
done
[ "$different" = 0 ] || fail 'two builds differ'
say "$*: two builds are the same"
