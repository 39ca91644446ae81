// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.StringJoiner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every engine is tested with: flash, RAM, RAM that does not execute, I/O, and short ways to say what runs. */
public abstract class EngineContract {
    static final int SIZE = 0x10000;
    static final int FLASH = 0x0800_0000;
    static final int RAM = 0x2000_0000;
    static final int DATA_ONLY = 0x1000_0000;
    static final int IO = 0x4000_0000;
    /** Where programs are put, and data. */
    static final int CODE = RAM + 0x1000;

    static final int DATA = RAM + 0x8000;
    static final int STACK = RAM + 0xf000;
    static final int PROCESS_STACK = RAM + 0xe000;

    /** xPSR of thread mode. */
    static final int THREAD = 1 << 24;

    static final Reg[] ALL = Reg.values();

    final ScriptedBus bus = new ScriptedBus();
    CpuEngine engine;
    Ram flash;
    Ram ram;
    Ram dataOnly;
    private long origin;

    /** The engine to be tested. */
    protected abstract EngineProvider provider();

    @BeforeEach
    void powerUp() {
        engine = newEngine(bus);
        flash = engine.allocate(SIZE);
        ram = engine.allocate(SIZE);
        dataOnly = engine.allocate(SIZE);
        engine.map(FLASH, flash, 0, SIZE, Mapping.READ_EXECUTE);
        engine.map(RAM, ram, 0, SIZE, Mapping.READ_WRITE_EXECUTE);
        engine.map(DATA_ONLY, dataOnly, 0, SIZE, Mapping.READ_WRITE);
        restart();
    }

    /** Back to the start with registers and memory as at first; only the clock goes on. */
    final void restart() {
        for (Reg register : ALL) {
            if (register.ordinal() <= Reg.R12.ordinal() || register.ordinal() >= Reg.FPSCR.ordinal()) {
                engine.set(register, 0);
            }
        }
        ram.fill(DATA - RAM, 256, 0);
        engine.enterMode(THREAD, 0, STACK, PROCESS_STACK);
        engine.set(Reg.LR, 0);
        engine.set(Reg.PC, CODE);
        engine.set(Reg.R4, DATA);
        origin = engine.cycles();
    }

    @AfterEach
    void powerDown() {
        engine.close();
    }

    final CpuEngine newEngine(CpuBus newBus) {
        CpuEngine made = provider().create(newBus);
        made.context(new Context(Context.Fp.ENABLED, false, false, Protection.NONE));
        return made;
    }

    /** Puts code at {@link #CODE}. */
    final void code(int... halfwords) {
        codeAt(CODE, halfwords);
    }

    /** Puts code into RAM. */
    final void codeAt(int address, int... halfwords) {
        for (int i = 0; i < halfwords.length; i++) {
            ram.put16(address - RAM + 2 * i, halfwords[i]);
        }
        engine.changed(ram, address - RAM, 2 * halfwords.length);
    }

    /** Runs for that many cycles. */
    final Stop run(long cycles) {
        return engine.run(engine.cycles() + cycles);
    }

    final int reg(Reg register) {
        return engine.get(register);
    }

    /** All registers, the cycles since the start and the memory that programs of these tests write. */
    final String state() {
        int[] values = new int[ALL.length];
        engine.get(ALL, values);
        StringJoiner state = new StringJoiner(" ").add("cycles=" + (engine.cycles() - origin));
        for (Reg register : ALL) {
            int value = values[register.ordinal()];
            if (value != 0) {
                state.add("%s=%x".formatted(register, value));
            }
        }
        for (int offset = DATA - RAM; offset < DATA - RAM + 256; offset += 4) {
            if (ram.get32(offset) != 0) {
                state.add("[%x]=%x".formatted(offset, ram.get32(offset)));
            }
        }
        return state.toString();
    }

    final void assertStopped(Stop stop, Stop.Reason reason, int pc) {
        assertThat(stop.reason()).as(stop.toString()).isEqualTo(reason);
        assertThat(engine.pc()).as("PC").isEqualTo(pc);
    }

    final void assertFault(Stop stop, Stop.Fault fault, int pc) {
        assertStopped(stop, Stop.Reason.FAULT, pc);
        assertThat(stop.fault()).isEqualTo(fault);
    }
}
