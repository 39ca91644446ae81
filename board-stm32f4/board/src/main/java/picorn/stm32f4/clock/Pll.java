// SPDX-License-Identifier: MIT
package picorn.stm32f4.clock;

import picorn.emulator.register.Field;
import picorn.emulator.time.Frequency;

/** The factors of the main PLL: VCO = input / M * N, and its outputs P and Q (RM0090, 6.3.2). */
final class Pll {
    private static final long MIN_INPUT = 950_000;
    private static final long MAX_INPUT = 2_100_000;
    private static final long MIN_VCO = 100_000_000;
    private static final long MAX_VCO = 432_000_000;

    private final Field m;
    private final Field n;
    private final Field p;
    private final Field q;

    Pll(Field m, Field n, Field p, Field q) {
        this.m = m;
        this.n = n;
        this.p = p;
        this.q = q;
    }

    private Frequency input(Frequency source) {
        return source.dividedBy(Math.max(1, m.get()));
    }

    private Frequency vco(Frequency source) {
        return input(source).times(n.get());
    }

    /** The output that can be SYSCLK; PLLP 0 to 3 divide by 2, 4, 6, 8. */
    Frequency system(Frequency source) {
        return vco(source).dividedBy(2L * (p.get() + 1));
    }

    /** The output that is to be 48 MHz. */
    Frequency usb(Frequency source) {
        return vco(source).dividedBy(Math.max(1, q.get()));
    }

    /** What is wrong with the factors (input 0.95 to 2.1 MHz, VCO 100 to 432 MHz, M and Q at least 2), or "" if nothing. */
    String mistake(Frequency source) {
        long input = input(source).toHertz();
        long vco = vco(source).toHertz();
        if (m.get() < 2 || q.get() < 2) {
            return "PLLM or PLLQ below 2";
        }
        if (input < MIN_INPUT || input > MAX_INPUT) {
            return "VCO input of %d Hz is not 1 to 2 MHz".formatted(input);
        }
        return vco < MIN_VCO || vco > MAX_VCO ? "VCO at %d Hz is not 100 to 432 MHz".formatted(vco) : "";
    }
}
