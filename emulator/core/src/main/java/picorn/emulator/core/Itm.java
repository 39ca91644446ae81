// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.register.FieldAccess.UNIMPLEMENTED;

import java.util.function.BooleanSupplier;
import picorn.emulator.bus.Device;
import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;

/**
 * The Instrumentation Trace Macrocell (ARMv7-M ARM, C1.7): what firmware writes to its stimulus ports is output. The ports are a
 * device of their own, since an access of 8 bits there is a character and one of 32 bits four.
 */
final class Itm {
    /** Takes what a stimulus port was given. */
    @FunctionalInterface
    interface Output {
        /** The octet {@code value}, 0 to 255, written to {@code port}, 0 to 31. */
        void octet(int port, int value);
    }

    private static final int BASE = 0xE000_0000;
    private static final int PORTS = 32;
    /** A bit of ITM_TPR keeps so many ports from unprivileged code. */
    private static final int PORTS_A_PRIVILEGE_BIT = 8;

    private static final int FIFO_READY = 1;

    private final BooleanSupplier powered;
    private final BooleanSupplier privileged;
    private final Output output;
    private final Control control = new Control();

    /**
     * With its ports and registers as after reset.
     *
     * @param powered DEMCR.TRCENA
     * @param privileged whether the access is
     */
    Itm(BooleanSupplier powered, BooleanSupplier privileged, Output output) {
        this.powered = powered;
        this.privileged = privileged;
        this.output = output;
    }

    /** Whether this is where unprivileged code may go; what it may do there the port itself decides. */
    static boolean isStimulusPort(int address) {
        return address >= BASE && address < BASE + 4 * PORTS;
    }

    /** The registers from 0xE0000E00 on. */
    RegisterBlock control() {
        return control;
    }

    /** The stimulus ports from 0xE0000000 on. */
    Device ports() {
        return new Ports();
    }

    private static final class Control extends RegisterBlock {
        private final Register ter = register("ITM_TER", 0x000);
        private final Register tpr = register("ITM_TPR", 0x040);
        private final Field privmask = tpr.bits(3, 0, "PRIVMASK");
        private final Register tcr = register("ITM_TCR", 0x080);
        private final Field itmena = tcr.bit(0, "ITMENA");
        private final Field others = tcr.bits(23, 1, "TRACE", UNIMPLEMENTED);
        private final Register lar = register("ITM_LAR", 0x1B0).shows(() -> 0);
        private final Register lsr = register("ITM_LSR", 0x1B4);

        Control() {
            super("ITM", NarrowWrites.MERGED);
        }

        boolean isPrivileged(int port) {
            return (privmask.get() >>> port / PORTS_A_PRIVILEGE_BIT & 1) != 0;
        }
    }

    private final class Ports implements Device {
        @Override
        public String name() {
            return "ITM_STIM";
        }

        private boolean enabled(int port) {
            return powered.getAsBoolean()
                    && control.itmena.isSet()
                    && port < PORTS
                    && (control.ter.get() >>> port & 1) != 0
                    && (privileged.getAsBoolean() || !control.isPrivileged(port));
        }

        @Override
        public int read(int offset, int width) {
            return peek(offset, width);
        }

        @Override
        public int peek(int offset, int width) {
            return enabled(offset / 4) ? FIFO_READY : 0;
        }

        @Override
        public void write(int offset, int width, int value) {
            int port = offset / 4;
            for (int i = 0; enabled(port) && i < width; i++) {
                output.octet(port, value >>> 8 * i & 0xFF);
            }
        }
    }
}
