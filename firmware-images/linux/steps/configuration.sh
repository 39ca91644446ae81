# SPDX-License-Identifier: MIT
# What Kconfig made of what a configuration asks for: the kernel's, BusyBox's or U-Boot's.

# last_words FRAGMENT...: the last word of the fragments about each option, as a configuration says it.
last_words() {
    sed 's/^\(CONFIG_[A-Z0-9_]*\)=n$/# \1 is not set/' "$@" \
        | awk 'match($0, /CONFIG_[A-Z0-9_]+/) { last[substr($0, RSTART, RLENGTH)] = $0 } END { for (each in last) print last[each] }'
}

# check_granted CONFIGURATION FRAGMENT...: fails, and says why, unless the configuration has what the fragments ask for.
check_granted() {
    local configuration=$1 wanted line bad=0
    shift
    wanted=$(last_words "$@")
    while read -r line; do
        case $line in
            'CONFIG_'*) grep -qxF -- "$line" "$configuration" || { echo "not granted: $line"; bad=1; } ;;
            '# CONFIG_'*) ! grep -q "^$(echo "$line" | cut -d' ' -f2)=" "$configuration" || { echo "not granted: $line"; bad=1; } ;;
        esac
    done <<< "$wanted"
    return $bad
}
