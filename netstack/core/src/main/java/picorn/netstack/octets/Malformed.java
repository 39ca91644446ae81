// SPDX-License-Identifier: MIT
package picorn.netstack.octets;

/** Ends the processing of a packet that is to be dropped; one per {@link Drop}, made beforehand, without a stack trace. */
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final Drop drop;

    Malformed(Drop drop, String name) {
        super(name, null, false, false);
        this.drop = drop;
    }

    /**
     * Why the packet is dropped.
     *
     * @return the reason
     */
    public Drop drop() {
        return drop;
    }
}
