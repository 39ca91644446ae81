// SPDX-License-Identifier: MIT
package picorn.netstack.octets;

/** A reason for which packets are dropped; each protocol has its own, and each is counted under its name. */
public final class Drop {
    /** The memory budget is used up. */
    public static final Drop MEMORY_DRY = new Drop("memory.dry");

    private final String label;
    private final Malformed malformed;

    /**
     * A reason of its own, which nobody else has.
     *
     * @param label protocol, dot, reason, for example {@code udp.bad-checksum}
     */
    public Drop(String label) {
        this.label = label;
        malformed = new Malformed(this, label);
    }

    /**
     * The name under which reports count it: protocol, dot, reason.
     *
     * @return for example {@code udp.bad-checksum}
     */
    public String label() {
        return label;
    }

    /**
     * What is thrown to drop a packet for this reason.
     *
     * @return always the same one
     */
    public Malformed malformed() {
        return malformed;
    }

    @Override
    public String toString() {
        return label;
    }
}
