// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.address.AddressPair;
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
        AddressPair addresses = flow.addresses;
        return add(addresses.sourceHigh())
                .add(addresses.sourceLow())
                .add(addresses.destinationHigh())
                .add(addresses.destinationLow())
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

    // On copies of the fields, which the compiler keeps in registers.
    private void rounds(int count) {
        long a = v0;
        long b = v1;
        long c = v2;
        long d = v3;
        for (int i = 0; i < count; i++) {
            a += b;
            b = Long.rotateLeft(b, 13) ^ a;
            a = Long.rotateLeft(a, 32);
            c += d;
            d = Long.rotateLeft(d, 16) ^ c;
            a += d;
            d = Long.rotateLeft(d, 21) ^ a;
            c += b;
            b = Long.rotateLeft(b, 17) ^ c;
            c = Long.rotateLeft(c, 32);
        }
        v0 = a;
        v1 = b;
        v2 = c;
        v3 = d;
    }
}
