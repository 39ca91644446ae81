// SPDX-License-Identifier: MIT
package picorn.netstack.link;

/** Watches the frames of a wire as they are sent. */
@FunctionalInterface
public interface FrameTap {
    /**
     * Sees a frame.
     *
     * @param direction which way it goes
     * @param frame an array that is lent for the time of this call
     * @param offset index of the frame's first octet
     * @param length octets, without frame check sequence
     * @param now when it is sent, nanoseconds of virtual time
     */
    void sent(Direction direction, byte[] frame, int offset, int length, long now);
}
