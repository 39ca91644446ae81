// SPDX-License-Identifier: MIT
package picorn.emulator.core;

/** What the core needs of the world around it. */
public interface CoreListener {
    /** AIRCR.SYSRESETREQ: the whole chip is to be reset before the next instruction. */
    void resetRequested();

    /** Firmware wrote {@code octet} to ITM stimulus port {@code port}. */
    void traced(int port, int octet);

    /**
     * A BKPT was met.
     *
     * @return whether it was a service (semihosting) and is done: the core goes on behind it
     */
    boolean breakpoint(int immediate);
}
