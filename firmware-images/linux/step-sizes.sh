#!/bin/bash
# SPDX-License-Identifier: MIT
# What each part of a variant adds or saves: builds the kernel with the parts up to FIRST, then with one part more each time.
# usage: step-sizes.sh VARIANT FIRST
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/build.sh"

# measured VARIANT: text, data, bss of the kernel, and the octets of its image.
measured() {
    configure_kernel "$1"
    # So that a build that fails is not measured as the one before.
    rm -f "$build/vmlinux" "$build/arch/arm/boot/$(boot_image)"
    kernel_make -j"$(nproc)" "$(boot_image)"
    arm-linux-gnueabi-size "$build/vmlinux" | awk 'NR == 2 { printf "%s %s %s ", $1, $2, $3 }' >&3
    stat -c %s "$build/arch/arm/boot/$(boot_image)" >&3
}

[ $# = 2 ] || fail 'usage: step-sizes.sh VARIANT FIRST'
variant_parts "$1" | grep -qxF -- "$2" || fail "'$1' has no part '$2'; it has $(variant_parts "$1" | paste -sd' ')"
check_tools
check_paths
get_sources
work=$(mktemp -d "$cache/steps.XXXXXX")
trap 'rm -rf "$work"' EXIT
build=$work/build
mkdir "$build"
# All parts' patches at once: what a part configures is off until its turn.
source=$(kernel_sources "$1" "$work")
printf '%-16s %9s %9s %9s %9s %9s\n' part text data bss image step
begun='' prefix='' before=''
for part in $(variant_parts "$1"); do
    prefix=$prefix${prefix:++}$part
    if [ "$part" = "$2" ]; then begun=yes; fi
    if [ -z "$begun" ]; then continue; fi
    try "$work/log" measured "+$prefix" 3> "$work/result"
    [ "$status" = 0 ] || { tail -n 20 "$work/log" >&2; fail "$part: the build failed"; }
    read -r text data bss image < "$work/result"
    printf '%-16s %9d %9d %9d %9d %9s\n' "$part" "$text" "$data" "$bss" "$image" "${before:+$((text + data - before))}"
    before=$((text + data))
done
