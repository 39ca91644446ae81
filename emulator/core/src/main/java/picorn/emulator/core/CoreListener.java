// SPDX-License-Identifier: MIT
package picorn.emulator.core;

/** What the core needs of the world around it. */
public interface CoreListener {
    /** Cycles have passed between two instructions: what was due in them is to happen now. */
    void timePassed();

    /** AIRCR.SYSRESETREQ: the whole chip is to be reset before the next instruction. */
    void resetRequested();

    /** Firmware wrote {@code octet} to ITM stimulus port {@code port}. */
    void traced(int port, int octet);

    /** What became of a BKPT that may have asked for a service. */
    enum Served {
        /** It was no service's: the architecture says what happens. */
        NOT_MINE,
        /** The core goes on behind it. */
        DONE,
        /** It is to be asked for again when the host has something. */
        LATER
    }

    /** A BKPT was met. */
    Served breakpoint(int immediate);
}
