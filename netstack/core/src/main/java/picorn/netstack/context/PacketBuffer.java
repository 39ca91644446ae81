// SPDX-License-Identifier: MIT
package picorn.netstack.context;

import java.util.Arrays;
import picorn.netstack.octets.Octets;

/** A packet being built from the inside out: data first, then each layer puts its header before what is there. */
public final class PacketBuffer {
    private final byte[] array;
    private final Octets octets = new Octets();

    PacketBuffer(int capacity) {
        array = new byte[capacity];
    }

    /**
     * How much it holds.
     *
     * @return octets of packet, headroom included
     */
    public int capacity() {
        return array.length;
    }

    /**
     * Begins a packet.
     *
     * @param headroom octets to leave for the headers of lower layers
     * @param length octets of the packet so far
     * @return those octets, with whatever they held before
     */
    public Octets start(int headroom, int length) {
        return octets.aim(array, headroom, length);
    }

    /**
     * Puts a header before the packet.
     *
     * @param length its octets
     * @return the packet, header included
     */
    public Octets prepend(int length) {
        return octets.aim(array, octets.offset() - length, octets.length() + length);
    }

    /**
     * Fills the packet up with zeros.
     *
     * @param length octets that it has at least afterwards
     * @return the packet
     */
    public Octets padTo(int length) {
        if (octets.length() < length) {
            int end = octets.offset() + octets.length();
            Arrays.fill(array, end, octets.offset() + length, (byte) 0);
            octets.aim(array, octets.offset(), length);
        }
        return octets;
    }

    /**
     * The packet as it is.
     *
     * @return a view that this buffer moves as it grows
     */
    public Octets octets() {
        return octets;
    }
}
