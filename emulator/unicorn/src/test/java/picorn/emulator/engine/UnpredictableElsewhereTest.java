// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.StringJoiner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picorn.emulator.cpu.Context;
import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Engines;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Protection;
import picorn.emulator.cpu.Ram;
import picorn.emulator.cpu.Reg;
import picorn.emulator.cpu.Stop;

/** Unicorn makes of UNPREDICTABLE instructions what the list of the Java engine says beside its own answer. */
class UnpredictableElsewhereTest {
    private static final int CODE = 0x2000_0000;
    private static final int DATA = 0x2000_0400;
    private static final int DATA_END = 0x2000_0800;
    private static final int SP = 0x2000_0700;
    private static final int SIZE = 0x1000;
    private static final int MOVES = 0x0100_0000;
    private static final int THREAD = 1 << 24;
    private static final int NOP = 0xbf00;

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

    @ParameterizedTest
    @EnumSource
    void unicornDoesWhatTheListSays(Unpredictable each) {
        try (CpuEngine engine = Engines.named("unicorn").create(NOTHING)) {
            Ram ram = engine.allocate(SIZE);
            engine.map(CODE, ram, 0, SIZE, Mapping.READ_WRITE_EXECUTE);
            engine.context(new Context(Context.Fp.ENABLED, false, false, Protection.NONE));
            boolean wide = each.example >>> 16 != 0;
            ram.put16(0, wide ? each.example >>> 16 : each.example);
            ram.put16(2, wide ? each.example & 0xffff : NOP);
            for (int address = DATA; address < DATA_END; address += 4) {
                ram.put32(address - CODE, address + MOVES);
            }
            engine.changed(ram, 0, SIZE);
            fill(engine);

            Stop stop = engine.run(1);

            boolean undefined = stop.fault() == Stop.Fault.UNDEFINED_INSTRUCTION;
            assertThat(undefined ? "UNDEFINED" : changes(engine, ram, wide ? 4 : 2))
                    .as(each.description)
                    .isEqualTo(each.elsewhere);
        }
    }

    private static void fill(CpuEngine engine) {
        engine.enterMode(THREAD, 0, SP, SP);
        engine.set(Reg.PC, CODE);
        engine.set(Reg.LR, 0);
        for (int k = 0; k <= 12; k++) {
            engine.set(Reg.core(k), DATA + 16 * k);
        }
        for (int k = 0; k < 32; k++) {
            engine.set(Reg.single(k), 0);
        }
    }

    private static String changes(CpuEngine engine, Ram ram, int length) {
        StringJoiner changes = new StringJoiner(" ");
        for (int k = 0; k <= 12; k++) {
            changed(engine, changes, Reg.core(k), DATA + 16 * k);
        }
        changed(engine, changes, Reg.SP, SP);
        changed(engine, changes, Reg.LR, 0);
        changed(engine, changes, Reg.PC, CODE + length);
        for (int k = 0; k < 32; k++) {
            changed(engine, changes, Reg.single(k), 0);
        }
        changed(engine, changes, Reg.XPSR, THREAD);
        for (int address = DATA; address < DATA_END; address += 4) {
            int word = ram.get32(address - CODE);
            if (word != address + MOVES) {
                changes.add("[%x]=%x".formatted(address, word));
            }
        }
        return changes.toString();
    }

    private static void changed(CpuEngine engine, StringJoiner changes, Reg register, int before) {
        int value = engine.get(register);
        if (value != before) {
            changes.add("%s=%08x".formatted(register, value));
        }
    }
}
