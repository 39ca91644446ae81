#!/bin/bash
# SPDX-License-Identifier: MIT
# Builds Linux without MMU for the STM32429I-EVAL board from Debian's source packages; see README.md.
set -euo pipefail
shopt -s inherit_errexit

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${PICORN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/picorn}/linux
for step in tools sources configuration musl busybox rootfs kernel mps2 u-boot; do
    # shellcheck source=/dev/null
    . "$here/steps/$step.sh"
done

variants() {
    sed -n 's/^\([a-z][a-z0-9-]*\):.*/\1/p' "$here/variants"
}

usage() {
    cat <<END
usage: build.sh VARIANT...    builds what is missing of these, and prints where each one's files are
       build.sh VARIANT+PART...  the same for a variant with further parts
       build.sh user-space    what every variant boots into
       build.sh u-boot        U-Boot with full behind it, as flash memory holds them
       build.sh --list        prints the variants
Variants: $(variants | paste -sd' ')
Everything goes to $cache (PICORN_CACHE moves it).
END
}

say() {
    printf '%s  %s\n' "$(date +%T)" "$*" >&2
}

fail() {
    printf 'build.sh: %s\n' "$*" >&2
    exit 1
}

# hash OF WHAT...: 16 digits that change with the contents of the files and with the words given.
hash() {
    for each in "$@"; do
        if [ -f "$each" ]; then sha256sum < "$each"; else printf '%s\n' "$each"; fi
    done | sha256sum | cut -c1-16
}

# try LOG COMMAND...: runs the command up to its first error, with what it prints in LOG; its status is left in $status.
try() {
    local log=$1
    shift
    # Not as a condition: within one the shell goes on after errors.
    set +e
    (set -e; "$@") > "$log" 2>&1
    status=$?
    set -e
}

# once DIRECTORY WHAT COMMAND...: runs the command, which fills the directory $new, unless that was done before.
# A directory appears whole or not at all; its log stands beside it.
once() {
    local directory=$1 what=$2 new start status
    shift 2
    if [ -d "$directory" ]; then
        return
    fi
    new=$directory.new.$$
    rm -rf "$new"
    mkdir -p "$new"
    start=$SECONDS
    say "$what ..."
    try "$directory.log" "$@" "$new"
    if [ "$status" != 0 ]; then
        tail -n 15 "$directory.log" >&2
        rm -rf "$new"
        fail "$what failed; the whole log is $directory.log"
    fi
    mv -T "$new" "$directory"
    say "$what: $((SECONDS - start)) s"
}

# publish NAME FILE...: its newest files under names that stay.
publish() {
    local links=$cache/images/$1
    shift
    mkdir -p "$links"
    rm -f "$links"/*
    # Relative, so that a cache can be moved.
    ln -sfnr "$@" "$links"
    echo "$links"
}

# Neither the kernel's make nor BusyBox's can work where paths have these.
check_paths() {
    local each
    for each in "$here" "$cache"; do
        [[ $each != *[[:space:]:]* ]] || fail "make takes no spaces and colons in paths: move '$each' (PICORN_CACHE says where the cache is)"
    done
}

build_variant() {
    local parts=()
    build_kernel "$1"
    if [ "$1" = mps2 ]; then
        build_mps2
        parts=("$(mps2_directory)"/*)
    fi
    publish "$1" "$(kernel_directory "$1")"/* "$(rootfs_directory)/rootfs.cpio" "${parts[@]}"
}

main() {
    local variant
    case ${1-} in
        '' | -h | --help) usage; exit 0 ;;
        --list) variants; exit 0 ;;
    esac
    for variant in "$@"; do
        [[ $variant =~ ^(u-boot|user-space)$ ]] || variants | grep -qx -- "${variant%%+*}" \
            || fail "there is no variant '$variant'; there are $(variants | paste -sd' ')"
    done
    check_tools
    check_paths
    mkdir -p "$cache"
    exec 9> "$cache/lock"
    flock 9
    build_rootfs
    for variant in "$@"; do
        case $variant in
            user-space) publish user-space "$(rootfs_directory)"/* "$(busybox_directory)/busybox" ;;
            u-boot) build_u_boot; publish u-boot "$(u_boot_directory)"/* ;;
            *) build_variant "$variant" ;;
        esac
    done
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    main "$@"
fi
