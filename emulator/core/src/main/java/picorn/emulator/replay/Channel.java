// SPDX-License-Identifier: MIT
package picorn.emulator.replay;

/** The ways by which a host reaches a machine. */
public enum Channel {
    /** Octets for a USART, heard between slices. */
    SERIAL,
    /** A frame that the far end of the cable sent while the host was heard between slices. */
    FRAME_HEARD,
    /** A frame that the far end of the cable sent at a time of its own. */
    FRAME,
    /** A frame that has arrived at the near end of the cable. */
    ARRIVAL;

    /** Whether it comes between slices, after everything that is due. */
    boolean isHeard() {
        return this == SERIAL || this == FRAME_HEARD;
    }
}
