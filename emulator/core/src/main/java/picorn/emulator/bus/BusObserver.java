// SPDX-License-Identifier: MIT
package picorn.emulator.bus;

/** Sees accesses to registers and what DMA masters move, each when it is done; see {@link Bus#observe}. */
public interface BusObserver {
    /** What a DMA master did to memory. */
    enum Move {
        READ,
        WRITE
    }

    /** A read of {@code width} octets gave {@code value}. While the device's clock is off, that is 0. */
    default void read(Region.Registers at, int address, int width, int value) {}

    /**
     * {@code width} octets of {@code value} were written.
     *
     * @param before what the word at {@code address} showed just before
     * @param after what it shows now
     */
    default void written(Region.Registers at, int address, int width, int value, int before, int after) {}

    /**
     * A DMA master moved {@code length} octets from or to {@code address} on, or could not.
     *
     * @param done false if it cannot reach all of them, and nothing was moved
     */
    default void moved(String master, Move move, int address, int length, boolean done) {}
}
