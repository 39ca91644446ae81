# SPDX-License-Identifier: MIT
# Debian's source packages, unpacked with Debian's patches.

linux_archive() {
    compgen -G '/usr/src/linux-source-6.1.tar.*' | head -1
}

linux_sources() {
    echo "$cache/sources/linux-$(dpkg-query -W -f '${Version}' linux-source-6.1)"
}

unpack_linux() {
    tar -C "$1" --strip-components=1 -xf "$(linux_archive)"
}

# package_sources NAME: the newest version of it that was fetched.
package_sources() {
    echo "$cache/sources/$1"
}

fetch_package() {
    local name=$1 into=$2
    (
        cd "$into"
        apt-get source --download-only "$name" || {
            echo "apt has no sources of $name: add 'deb-src' to the types of Debian's archive in /etc/apt/sources.list.d and run apt-get update"
            exit 1
        }
        dpkg-source --no-check -x "$name"_*.dsc unpacked
    )
}

get_sources() {
    mkdir -p "$cache/sources"
    once "$(linux_sources)" 'unpacking Linux' unpack_linux
    once "$(package_sources musl)" 'fetching musl' fetch_package musl
    once "$(package_sources busybox)" 'fetching BusyBox' fetch_package busybox
}

# The archives' own names and checksums stand in their .dsc files.
sources_id() {
    cat "$(package_sources "$1")"/*.dsc
}
