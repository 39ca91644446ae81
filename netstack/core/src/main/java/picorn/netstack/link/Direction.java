// SPDX-License-Identifier: MIT
package picorn.netstack.link;

/** Which way a frame goes over a {@link Wire}. */
public enum Direction {
    /** From end A, by custom the board, to end B. */
    A_TO_B,
    /** From end B, by custom the network, to end A. */
    B_TO_A
}
