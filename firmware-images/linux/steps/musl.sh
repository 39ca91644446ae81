# SPDX-License-Identifier: MIT
# musl for ARMv7-M, as a static library for position-independent programs.

musl_flags='-mthumb -march=armv7-m -mfloat-abi=soft -Os -fPIC'

musl_directory() {
    echo "$cache/musl-$(hash "$(sources_id musl)" "$(toolchain)" "$here/steps/musl.sh" "$here/musl/thread-pointer.py")"
}

build_musl() {
    once "$(musl_directory)" 'musl' make_musl
}

make_musl() {
    local into=$1 build=$1/build
    cp -r "$(package_sources musl)/unpacked" "$build"
    (
        cd "$build"
        python3 "$here/musl/thread-pointer.py"
        CC=arm-linux-gnueabi-gcc CFLAGS="$musl_flags -ffile-prefix-map=$build=." ./configure \
            --target=arm-linux-gnueabi --disable-shared --prefix="$into"
        make -j"$(nproc)" install
    )
    rm -rf "$build"
    # What BusyBox and programs that talk to drivers include beside the C library's own headers.
    make -s -C "$(linux_sources)" O="$into/headers" ARCH=arm INSTALL_HDR_PATH="$into" headers_install
    rm -rf "$into/headers"
}
