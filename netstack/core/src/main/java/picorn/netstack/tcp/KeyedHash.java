// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.RandomSource;

/** A hash that nobody can foretell who does not know its key: SipHash-2-4 (Aumasson, Bernstein) over words of 64 bits. */
final class KeyedHash {
    private final long key0;
    private final long key1;
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    KeyedHash(RandomSource random) {
        this(long64(random), long64(random));
    }

    KeyedHash(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    private static long long64(RandomSource random) {
        return (long) random.nextInt() << 32 | random.nextInt() & 0xFFFF_FFFFL;
    }

    /** Begins a hash. */
    KeyedHash begin() {
        v0 = key0 ^ 0x736f_6d65_7073_6575L;
        v1 = key1 ^ 0x646f_7261_6e64_6f6dL;
        v2 = key0 ^ 0x6c79_6765_6e65_7261L;
        v3 = key1 ^ 0x7465_6462_7974_6573L;
        return this;
    }

    /** Adds a word. */
    KeyedHash add(long word) {
        v3 ^= word;
        rounds(2);
        v0 ^= word;
        return this;
    }

    /** Adds the addresses, and the ports. */
    KeyedHash add(Flow flow) {
        return add(flow.localHigh)
                .add(flow.localLow)
                .add(flow.remoteHigh)
                .add(flow.remoteLow)
                .add((long) flow.localPort << 16 | flow.remotePort);
    }

    /** Ends the hash of so many words. */
    long end(int words) {
        add((long) words * Long.BYTES << 56);
        v2 ^= 0xFF;
        rounds(4);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    /** The hash of addresses and ports. */
    int of(Flow flow) {
        return (int) begin().add(flow).end(5);
    }

    private void rounds(int count) {
        for (int i = 0; i < count; i++) {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
