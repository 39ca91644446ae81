# SPDX-License-Identifier: MIT
# What a flash memory holds whose board boots by itself: U-Boot, and behind it a uImage of the kernel, the user space and the tree.

# U-Boot's configuration looks for the uImage so far behind flash memory's start.
u_boot_size=$((0x50000))
flash_size=$((0x200000))

u_boot_directory() {
    echo "$cache/u-boot-$(hash "$(sources_id u-boot)" "$(toolchain)" "$here/steps/u-boot.sh" "$here"/u-boot/* \
        "$(basename "$(kernel_directory full)")" "$(basename "$(rootfs_directory)")")"
}

build_u_boot() {
    build_kernel full
    once "$(package_sources u-boot)" 'fetching U-Boot' fetch_package u-boot
    once "$(u_boot_directory)" 'U-Boot' make_u_boot
}

make_u_boot() {
    local into=$1 source=$1/source build=$1/build
    cp -r "$(package_sources u-boot)/unpacked" "$source"
    patch -s -d "$source" -p1 < "$here/u-boot/timer.patch"
    export SOURCE_DATE_EPOCH=0
    u_boot_make stm32f429-evaluation_defconfig
    cat "$here/u-boot/config" >> "$build/.config"
    u_boot_make olddefconfig
    check_granted "$build/.config" "$here/u-boot/config"
    u_boot_make -j"$(nproc)" u-boot.bin
    cp "$build/u-boot" "$build/u-boot.bin" "$into"
    make_uimage "$build/tools/mkimage" "$into"
    compose_flash "$into"
    rm -rf "$source" "$build"
}

u_boot_make() {
    make -C "$source" O="$build" CROSS_COMPILE=arm-linux-gnueabi- \
        KCFLAGS="-ffile-prefix-map=$source=. -ffile-prefix-map=$build=." "$@"
}

# The kernel is packed, since flash memory has 2 MB for all.
make_uimage() {
    local mkimage=$1 into=$2 kernel
    kernel=$(kernel_directory full)
    gzip -9 -n < "$kernel/Image" > "$into/Image.gz"
    "$mkimage" -A arm -O linux -T multi -C gzip -a 0x8000 -e 0x8001 -n uClinux \
        -d "$into/Image.gz:$(rootfs_directory)/rootfs.cpio:$kernel/stm32429i-eval.dtb" "$into/uImage"
}

compose_flash() {
    local into=$1
    if [ "$(stat -c %s "$into/u-boot.bin")" -gt "$u_boot_size" ]; then
        echo "U-Boot does not fit into its $u_boot_size octets"
        return 1
    fi
    cp "$into/u-boot.bin" "$into/flash.bin"
    truncate -s "$u_boot_size" "$into/flash.bin"
    cat "$into/uImage" >> "$into/flash.bin"
    if [ "$(stat -c %s "$into/flash.bin")" -gt "$flash_size" ]; then
        echo "U-Boot, the kernel and the user space do not fit into $flash_size octets of flash memory"
        return 1
    fi
    arm-linux-gnueabi-objcopy -I binary -O ihex --change-addresses 0x08000000 "$into/flash.bin" "$into/flash.hex"
    rm "$into/flash.bin" "$into/Image.gz"
}
