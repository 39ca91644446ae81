// SPDX-License-Identifier: MIT
package picorn.netstack.arp;

/** Is told what becomes of an {@link AddressClaim}; it may begin another one at once. */
public interface ClaimListener {
    /** Nobody else uses the address: the interface has it now, and neighbours have been told. */
    void granted();

    /** Another station uses the address, or wants it at the same time: it was not taken. */
    void refused();

    /** Another station has taken the address and does not give way: it has been given up. */
    void lost();
}
