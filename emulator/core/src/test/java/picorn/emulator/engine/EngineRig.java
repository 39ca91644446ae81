// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import picorn.emulator.cpu.Context;
import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Protection;
import picorn.emulator.cpu.Ram;
import picorn.emulator.cpu.Reg;
import picorn.emulator.cpu.Stop;

/** A Java engine with one KB of code, one of data, a word of I/O behind them, and nothing else. */
final class EngineRig {
    static final int CODE = 0x2000_0000;
    static final int DATA = 0x2000_0400;
    static final int IO = 0x4000_0000;
    static final int NOWHERE = 0x6000_0000;
    static final int STACK = DATA + 0x400;
    private static final int PAGE = 1024;
    private static final int THREAD = 1 << 24;

    /** What the word of I/O is. */
    int io;

    final CpuEngine engine;
    final Ram ram;

    EngineRig() {
        this(new JavaProvider());
    }

    EngineRig(EngineProvider provider) {
        engine = provider.create(new CpuBus() {
            @Override
            public long read(int address, int width) {
                return address == IO ? io & 0xffff_ffffL : FAULT;
            }

            @Override
            public boolean write(int address, int width, int value) {
                io = address == IO ? value : io;
                return address == IO;
            }
        });
        ram = engine.allocate(2 * PAGE);
        engine.map(CODE, ram, 0, ram.size(), Mapping.READ_WRITE_EXECUTE);
        engine.context(new Context(Context.Fp.ENABLED, false, false, Protection.NONE));
        engine.enterMode(THREAD, 0, STACK, STACK);
    }

    EngineRig context(Context context) {
        engine.context(context);
        return this;
    }

    EngineRig protection(Protection protection) {
        return context(new Context(Context.Fp.ENABLED, false, false, protection));
    }

    /** Puts code where the PC then is. */
    EngineRig code(int... halfwords) {
        for (int i = 0; i < halfwords.length; i++) {
            ram.put16(2 * i, halfwords[i]);
        }
        engine.changed(ram, 0, 2 * halfwords.length);
        return set(Reg.PC, CODE);
    }

    EngineRig set(Reg register, int value) {
        engine.set(register, value);
        return this;
    }

    EngineRig word(int address, int value) {
        ram.put32(address - CODE, value);
        return this;
    }

    int word(int address) {
        return ram.get32(address - CODE);
    }

    int get(Reg register) {
        return engine.get(register);
    }

    Stop run(int cycles) {
        return engine.run(engine.cycles() + cycles);
    }

    /** Runs into a fault of the first instruction, which then has not been executed. */
    EngineRig faults(Stop.Fault fault, int address) {
        long before = engine.cycles();
        Stop stop = run(10);
        assertThat(stop.fault()).as(stop.toString()).isEqualTo(fault);
        assertThat(stop.address()).as("address").isEqualTo(address);
        assertThat(engine.pc()).as("PC").isEqualTo(CODE);
        assertThat(engine.cycles()).as("cycles").isEqualTo(before);
        return this;
    }
}
