// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.Access;
import picorn.emulator.cpu.Context;
import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;
import picorn.emulator.cpu.Reg;
import picorn.emulator.cpu.Stop;

/** The MPU refuses fetches at the instruction, also of one that it refuses only half of (ARMv7-M ARM, B3.5). */
class FetchProtectionTest {
    private static final int BASE = 0x2000_0000;

    private static final CpuBus NOTHING = new CpuBus() {
        @Override
        public long read(int address, int width) {
            return FAULT;
        }

        @Override
        public boolean write(int address, int width, int value) {
            return false;
        }
    };

    private final CpuEngine engine = new JavaProvider().create(NOTHING);
    private final Ram ram = engine.allocate(1024);

    @Test
    void fetchIsRefusedWhereItIsNotAllowed() {
        assertFaultAfter(2, 0xbf00, 0xbf00, 0xbf00); // nop
    }

    @Test
    void instructionIsRefusedForItsSecondHalfword() {
        assertFaultAfter(1, 0xbf00, 0xf04f, 0x0001); // nop; mov.w r0, #1
    }

    @Test
    void codeThatRanBeforeTheMpuCameOnIsRefusedToo() {
        load(0xbf00, 0xbf00, 0xbf00);
        engine.run(3);
        assertFaultAfter(2, 0xbf00, 0xbf00, 0xbf00);
    }

    private void load(int... halfwords) {
        engine.map(BASE, ram, 0, 1024, Mapping.READ_WRITE_EXECUTE);
        for (int i = 0; i < halfwords.length; i++) {
            ram.put16(2 * i, halfwords[i]);
        }
        engine.changed(ram, 0, 1024);
        engine.enterMode(1 << 24, 0, BASE + 1024, 0);
        engine.set(Reg.PC, BASE);
    }

    /** Allows two halfwords of code. */
    private void assertFaultAfter(int cycles, int... halfwords) {
        load(halfwords);
        engine.context(new Context(
                Context.Fp.DENIED,
                false,
                false,
                (address, access, privileged) -> access != Access.FETCH || address - BASE < 4));
        long start = engine.cycles();

        Stop stop = engine.run(start + 10);

        assertThat(stop.fault()).isEqualTo(Stop.Fault.FETCH_PROTECTION);
        assertThat(engine.cycles()).isEqualTo(start + cycles);
        assertThat(engine.pc()).isEqualTo(BASE + 2 * cycles);
    }
}
