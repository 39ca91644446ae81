// SPDX-License-Identifier: MIT
package picorn.netstack.link;

/** Takes Ethernet frames: an interface, a MAC, the end of a wire, or anything between them. */
@FunctionalInterface
public interface FrameReceiver {
    /**
     * Takes a frame.
     *
     * @param frame an array that is lent for the time of this call
     * @param offset index of the frame's first octet, that of the destination address
     * @param length octets, without frame check sequence
     * @param now nanoseconds of virtual time
     */
    void receive(byte[] frame, int offset, int length, long now);
}
