// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import picorn.emulator.register.Register;

/**
 * A pair MACAxHR, MACAxLR (RM0090, 33.8.1). The first octet on the wire is bits 7:0 of MACAxLR. In MACA0HR, MBC and SA are reserved and
 * read as 0, and MO, which stands where the others have AE, as 1.
 */
record MacAddressPair(Register high, Register low) {
    private static final int ENABLED = 1 << 31;
    private static final int SOURCE = 1 << 30;
    private static final int MASK_LSB = 24;
    private static final int OCTETS = 6;

    boolean comparesDestination() {
        return (high.get() & (ENABLED | SOURCE)) == ENABLED;
    }

    boolean comparesSource() {
        return (high.get() & (ENABLED | SOURCE)) == (ENABLED | SOURCE);
    }

    /** Whether it is the address at {@code at}, the octets masked by MBC left out. */
    boolean matches(byte[] frame, int at) {
        int masked = high.get() >>> MASK_LSB;
        for (int i = 0; i < OCTETS; i++) {
            if ((masked >>> i & 1) == 0 && frame[at + i] != octet(i)) {
                return false;
            }
        }
        return true;
    }

    /** Octet {@code i}, 0 to 5, in the order of the wire. */
    byte octet(int i) {
        return (byte) (i < 4 ? low.get() >>> 8 * i : high.get() >>> 8 * (i - 4));
    }
}
