// SPDX-License-Identifier: MIT
package picorn.stm32f4.usart;

import picorn.emulator.register.Field;
import picorn.emulator.register.Register;

/** How long a character takes: start bit, data bits, stop bits at the rate of BRR (RM0090, 30.3.4 and 30.3.2). */
final class Framing {
    /** Half bits of STOP = 1, 0.5, 2, 1.5. */
    private static final int[] STOP_HALF_BITS = {2, 1, 4, 3};

    private static final int LEAST_DIVISOR = 16;

    private final Register brr;
    private final Field over8;
    private final Field m;
    private final Field stop;

    Framing(Register brr, Field over8, Field m, Field stop) {
        this.brr = brr;
        this.over8 = over8;
        this.m = m;
        this.stop = stop;
    }

    /** Ticks of the kernel clock in a bit: 16 (OVER8: 8) times USARTDIV. */
    private int bitTicks() {
        int value = brr.get();
        return over8.isSet() ? (value >>> 4) * 8 + (value & 7) : value;
    }

    /** Whether BRR gives a rate: USARTDIV is at least 1. */
    boolean hasRate() {
        return bitTicks() >= (over8.isSet() ? LEAST_DIVISOR / 2 : LEAST_DIVISOR);
    }

    /** Data bits, the parity bit counted. */
    int dataBits() {
        return m.isSet() ? 9 : 8;
    }

    /** Ticks of the kernel clock in a whole character, rounded up. */
    long characterTicks() {
        long halfBits = 2 + 2L * dataBits() + STOP_HALF_BITS[stop.get()];
        return (halfBits * bitTicks() + 1) / 2;
    }
}
