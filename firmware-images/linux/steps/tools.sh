# SPDX-License-Identifier: MIT
# What must be installed: one command per package, since a command can be looked for anywhere.

tools='make:make bc:bc bison:bison flex:flex cpio:cpio rsync:rsync dtc:device-tree-compiler patch:patch python3:python3 xz:xz-utils
       arm-linux-gnueabi-gcc:gcc-arm-linux-gnueabi arm-none-eabi-gcc:gcc-arm-none-eabi gcc:gcc dpkg-source:dpkg-dev'

# Ends with the line that installs what is missing.
check_tools() {
    local missing=() each
    for each in $tools; do
        command -v "${each%%:*}" > /dev/null || missing+=("${each##*:}")
    done
    compgen -G '/usr/src/linux-source-6.1.tar.*' > /dev/null || missing+=(linux-source-6.1)
    if [ ${#missing[@]} -gt 0 ]; then
        fail "something is missing; install it with: apt-get install ${missing[*]}"
    fi
}

# The versions that decide about the bytes of what is built.
toolchain() {
    arm-linux-gnueabi-gcc --version | sed -n 1p
    arm-none-eabi-gcc --version | sed -n 1p
    arm-linux-gnueabi-ld --version | sed -n 1p
}
