// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.octets.Drop;

/** Why fragments are dropped. */
public final class FragmentDrop {
    /** A fragment without data, of a length that is no multiple of 8, beyond 65,535 octets, or beyond the last one. */
    public static final Drop BAD_FRAGMENT = new Drop("ipv4.bad-fragment");

    /** A fragment that hides the header of what it is a part of (RFC 1858). */
    public static final Drop TINY_FRAGMENT = new Drop("ipv4.tiny-fragment");

    /** A fragment that has come before. */
    public static final Drop DUPLICATE_FRAGMENT = new Drop("ipv4.duplicate-fragment");

    /** A fragment of a packet of which two overlap: it is given up (RFC 5722). */
    public static final Drop OVERLAPPING_FRAGMENT = new Drop("ipv4.overlapping-fragment");

    /** A packet of which fragments were still missing in the end. */
    public static final Drop REASSEMBLY_TIMED_OUT = new Drop("ipv4.reassembly-timed-out");

    /** An unfinished packet that gave up its place to a new one, or for want of memory. */
    public static final Drop REASSEMBLY_EVICTED = new Drop("ipv4.reassembly-evicted");

    private FragmentDrop() {}
}
