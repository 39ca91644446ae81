# SPDX-License-Identifier: MIT
# BusyBox, one static position-independent program.

busybox_directory() {
    echo "$cache/busybox-$(hash "$(sources_id busybox)" "$(basename "$(musl_directory)")" "$here/steps/busybox.sh" "$here/musl/cc" "$here/config/busybox")"
}

build_busybox() {
    build_musl
    once "$(busybox_directory)" 'BusyBox' make_busybox
}

make_busybox() {
    local into=$1 build=$1/build
    cp -r "$(package_sources busybox)/unpacked" "$build"
    (
        cd "$build"
        export MUSL SOURCE_DATE_EPOCH=0 KCONFIG_NOTIMESTAMP=1
        MUSL=$(musl_directory)
        make -s allnoconfig
        # The last word about an option counts, so its first one goes.
        sed -i "/^\(# \)\?\($(sed -n 's/^\(CONFIG_[A-Z0-9_]*\)=.*/\1/p' "$here/config/busybox" | paste -sd'|' | sed 's/|/\\|/g')\)[ =]/d" .config
        cat "$here/config/busybox" >> .config
        make -s oldconfig < <(yes '')
        check_granted .config "$here/config/busybox"
        make -j"$(nproc)" CC="$here/musl/cc" CROSS_COMPILE=arm-linux-gnueabi- SKIP_STRIP=y busybox
        arm-linux-gnueabi-strip -o "$into/busybox" busybox
        make -s CC="$here/musl/cc" CROSS_COMPILE=arm-linux-gnueabi- busybox.links
        cp busybox.links .config "$into"
    )
    rm -rf "$build"
}
