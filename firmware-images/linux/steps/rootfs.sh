# SPDX-License-Identifier: MIT
# The user space, the same for every variant: a cpio archive with fixed times, owners and order.

rootfs_directory() {
    echo "$cache/rootfs-$(hash "$(basename "$(busybox_directory)")" "$here/steps/rootfs.sh" "$here"/rootfs/* "$here"/src/*)"
}

build_rootfs() {
    get_sources
    build_busybox
    once "$(rootfs_directory)" 'user space' make_rootfs
}

make_rootfs() {
    local into=$1
    gcc -O2 -o "$into/gen_init_cpio" "$(linux_sources)/usr/gen_init_cpio.c"
    MUSL=$(musl_directory) "$here/musl/cc" -Os -Wall -Wextra -Werror -o "$into/socket-check.full" "$here"/src/*.c
    arm-linux-gnueabi-strip -o "$into/socket-check" "$into/socket-check.full"
    # The archive takes a file's time from the file.
    mkdir "$into/files"
    cp "$(busybox_directory)/busybox" "$into/socket-check" "$here"/rootfs/* "$into/files"
    touch -d @0 "$into"/files/*
    rootfs_list "$into/files" > "$into/list"
    "$into/gen_init_cpio" -t 0 "$into/list" > "$into/rootfs.cpio"
    rm -r "$into/gen_init_cpio" "$into/socket-check.full" "$into/files" "$into/list"
}

rootfs_list() {
    local files=$1 each
    for each in bin sbin usr usr/bin usr/sbin etc dev proc sys tmp var www; do
        echo "dir /$each 755 0 0"
    done
    echo 'nod /dev/console 600 0 0 c 5 1'
    echo 'nod /dev/null 666 0 0 c 1 3'
    echo "file /bin/busybox $files/busybox 755 0 0"
    sed 's|.*|slink & /bin/busybox 777 0 0|' "$(busybox_directory)/busybox.links"
    echo 'slink /init /sbin/init 777 0 0'
    echo "file /bin/socket-check $files/socket-check 755 0 0"
    for each in inittab passwd udhcpc.script start net-check; do
        echo "file /etc/$each $files/$each 755 0 0"
    done
    echo "file /www/index.html $files/index.html 644 0 0"
}
