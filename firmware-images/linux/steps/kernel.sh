# SPDX-License-Identifier: MIT
# A kernel: stm32_defconfig, the variant's fragments, and nothing that depends on when, where or by whom it is built.

kernel_fragments() {
    sed -n "s/^$1: *//p" "$here/variants" | tr ' ' '\n' | sed "s|^|$here/config/|"
}

kernel_directory() {
    # shellcheck disable=SC2046
    echo "$cache/kernel-$1-$(hash "$(basename "$(linux_sources)")" "$(toolchain)" "$here/steps/kernel.sh" $(kernel_fragments "$1"))"
}

build_kernel() {
    once "$(kernel_directory "$1")" "kernel $1 (some minutes)" make_kernel "$1"
}

kernel_make() {
    make -C "$(linux_sources)" O="$build" ARCH=arm CROSS_COMPILE=arm-linux-gnueabi- \
        KBUILD_BUILD_TIMESTAMP='2015-01-01' KBUILD_BUILD_USER=picorn KBUILD_BUILD_HOST=picorn KBUILD_BUILD_VERSION=1 "$@"
}

# Boards of other makers' Ethernet controllers, which are offered by default.
other_vendors() {
    sed -n 's/^config \(NET_VENDOR_[A-Z0-9_]*\).*/# CONFIG_\1 is not set/p' "$(linux_sources)"/drivers/net/ethernet/*/Kconfig | grep -v STMICRO
}

make_kernel() {
    local variant=$1 into=$2 build=$2/build
    mkdir "$build"
    kernel_make stm32_defconfig
    # shellcheck disable=SC2046
    cat $(kernel_fragments "$variant") <(other_vendors) >> "$build/.config"
    kernel_make olddefconfig
    check_configuration "$variant"
    kernel_make -j"$(nproc)" Image stm32429i-eval.dtb
    cp "$build/arch/arm/boot/Image" "$build/arch/arm/boot/dts/stm32429i-eval.dtb" "$build/vmlinux" "$build/System.map" "$into"
    cp "$build/.config" "$into/config"
    arm-linux-gnueabi-size "$build/vmlinux" > "$into/size"
    rm -rf "$build"
}

# What a fragment asks for and Kconfig does not grant would go unnoticed.
check_configuration() {
    local line bad=0
    while read -r line; do
        case $line in
            'CONFIG_'*) grep -qxF -- "$line" "$build/.config" || { echo "not granted: $line"; bad=1; } ;;
            '# CONFIG_'*) ! grep -q "^$(echo "$line" | cut -d' ' -f2)=" "$build/.config" || { echo "not granted: $line"; bad=1; } ;;
        esac
        # shellcheck disable=SC2046
    done < <(cat $(kernel_fragments "$1"))
    return $bad
}
