// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

/** What the MAC's registers need of the parts around them. */
interface MacParts {
    /** MACCR or MACFCR was written. */
    void transmitterChanged();

    /** An interrupt request rose or fell. */
    void interruptChanged();

    /** Whether a frame is on the wire. */
    boolean transmitting();

    /** Whether a PAUSE frame holds the transmitter back. */
    boolean paused();

    /** Whether frames wait to be transmitted. */
    boolean transmitFifoFilled();

    /** MACDBGR.RFFL: 0 empty to 3 full. */
    int receiveFifoLevel();
}
