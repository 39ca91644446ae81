// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.RandomSource;

/** Ports of connections that do not name their own: the double-hash selection of RFC 6056, section 3.3.4. */
final class PortPicker {
    private static final int FIRST = 1024;
    private static final int PORTS = 0x10000 - FIRST;
    private static final int TABLE = 16;

    private final KeyedHash offsets;
    private final KeyedHash groups;
    private final int[] next = new int[TABLE];

    PortPicker(RandomSource random) {
        offsets = new KeyedHash(random);
        groups = new KeyedHash(random);
        for (int i = 0; i < TABLE; i++) {
            next[i] = random.below(PORTS);
        }
    }

    /** How many ports there are to be tried. */
    int count() {
        return PORTS;
    }

    /** The next port to be tried for a flow without one. */
    int pick(Flow flow) {
        flow.localPort = 0;
        int group = groups.of(flow) & TABLE - 1;
        int offset = offsets.of(flow) >>> 1;
        return FIRST + (int) ((offset + (long) next[group]++ & 0x7FFF_FFFF) % PORTS);
    }
}
