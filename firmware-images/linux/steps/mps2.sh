# SPDX-License-Identifier: MIT
# What QEMU's mps2-an386 needs beside a kernel that is configured for it: a device tree, and a program that enters the kernel.

# Addresses in its 16 MB of RAM from 0x21000000.
mps2_kernel=0x21008000
mps2_rootfs=0x21f00000
mps2_tree=0x21fe0000

mps2_directory() {
    echo "$cache/mps2-$(hash "$(basename "$(linux_sources)")" "$(basename "$(rootfs_directory)")" "$(toolchain)" "$here/steps/mps2.sh" "$here"/mps2/*)"
}

build_mps2() {
    once "$(mps2_directory)" 'tree and start for mps2-an386' make_mps2
}

make_mps2() {
    local into=$1 trees size
    trees=$(linux_sources)/arch/arm/boot/dts
    size=$(stat -Lc %s "$(rootfs_directory)/rootfs.cpio")
    cpp -nostdinc -undef -x assembler-with-cpp -I "$trees" -I "$trees/../../../../include" \
        -DROOTFS=$mps2_rootfs -DROOTFS_END=$((mps2_rootfs + size)) "$here/mps2/board.dts" | dtc -q -I dts -O dtb -o "$into/mps2.dtb"
    arm-none-eabi-gcc -nostdlib -DTREE=$mps2_tree -DKERNEL=$mps2_kernel -Wl,-Ttext=0x100,--section-start=.vectors=0 \
        -Wl,-e,enter_kernel -Wl,--build-id=none -o "$into/shim.elf" "$here/mps2/shim.S"
    printf '%s\n' $mps2_rootfs $mps2_tree > "$into/addresses"
}
