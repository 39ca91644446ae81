# SPDX-License-Identifier: MIT
# A kernel: stm32_defconfig, the variant's parts, and nothing that depends on when, where or by whom it is built.

# variant_parts VARIANT[+PART...]: names of its parts.
variant_parts() {
    local parts
    parts=$(sed -n "s/^${1%%+*}: *//p" "$here/variants")
    case $1 in *+*) parts="$parts ${1#*+}" ;; esac
    echo "$parts" | tr ' +' '\n\n'
}

# files_of KIND VARIANT: the files that its parts have of a kind: config, patch or tree.
files_of() {
    local part
    for part in $(variant_parts "$2"); do
        case $1 in
            config) compgen -G "$here/config/$part" || true ;;
            patch) compgen -G "$here/patches/$part.patch" || true ;;
            tree) if [ -d "$here/tree/$part" ]; then find "$here/tree/$part" -type f | sort; fi ;;
        esac
    done
}

check_parts() {
    local part
    for part in $(variant_parts "$1"); do
        compgen -G "$here/config/$part" > /dev/null || compgen -G "$here/patches/$part.patch" > /dev/null || [ -d "$here/tree/$part" ] \
            || fail "there is no part '$part' of a variant: neither config/$part nor patches/$part.patch nor tree/$part"
    done
}

kernel_directory() {
    # shellcheck disable=SC2046
    echo "$cache/kernel-$1-$(hash "$(basename "$(linux_sources)")" "$(toolchain)" "$here/steps/kernel.sh" \
        $(files_of config "$1") $(files_of patch "$1") $(files_of tree "$1"))"
}

build_kernel() {
    check_parts "$1"
    once "$(kernel_directory "$1")" "kernel $1 (some minutes)" make_kernel "$1"
}

# The sources, with the variant's patches and files: links to the unpacked ones where nothing is changed.
kernel_sources() {
    local variant=$1 into=$2 part each
    if [ -z "$(files_of patch "$variant")$(files_of tree "$variant")" ]; then
        linux_sources
        return
    fi
    cp -al "$(linux_sources)" "$into/source"
    for each in $(files_of patch "$variant"); do
        patch -s -d "$into/source" -p1 < "$each" >&2
    done
    for part in $(variant_parts "$variant"); do
        if [ -d "$here/tree/$part" ]; then
            cp -r --remove-destination "$here/tree/$part/." "$into/source"
        fi
    done
    echo "$into/source"
}

kernel_make() {
    make -C "$source" O="$build" ARCH=arm CROSS_COMPILE=arm-linux-gnueabi- \
        KBUILD_BUILD_TIMESTAMP='2015-01-01' KBUILD_BUILD_USER=picorn KBUILD_BUILD_HOST=picorn KBUILD_BUILD_VERSION=1 "$@"
}

# Boards of other makers' Ethernet controllers, which are offered by default.
other_vendors() {
    sed -n 's/^config \(NET_VENDOR_[A-Z0-9_]*\).*/# CONFIG_\1 is not set/p' "$source"/drivers/net/ethernet/*/Kconfig | grep -v STMICRO
}

# An image is for flash or for RAM, as it is configured.
boot_image() {
    if grep -q '^CONFIG_XIP_KERNEL=y' "$build/.config"; then echo xipImage; else echo Image; fi
}

configure_kernel() {
    kernel_make stm32_defconfig
    other_vendors >> "$build/.config"
    # shellcheck disable=SC2046
    cat $(files_of config "$1") >> "$build/.config"
    kernel_make olddefconfig
    # shellcheck disable=SC2046
    check_granted "$build/.config" $(files_of config "$1")
}

make_kernel() {
    local variant=$1 into=$2 build=$2/build source boot
    source=$(kernel_sources "$variant" "$into")
    boot=$build/arch/arm/boot
    mkdir "$build"
    configure_kernel "$variant"
    kernel_make -j"$(nproc)" "$(boot_image)" stm32429i-eval.dtb
    cp "$boot/$(boot_image)" "$boot/dts/stm32429i-eval.dtb" "$build/vmlinux" "$build/System.map" "$into"
    cp "$build/.config" "$into/config"
    arm-linux-gnueabi-size "$build/vmlinux" > "$into/size"
    rm -rf "$build" "$into/source"
}
