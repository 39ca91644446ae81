// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/**
 * What translated code calls for memory, and for instructions that it does not do by itself; {@code before} is how many cycles are left
 * before the instruction at {@code pc}. Whether the code is to go on afterwards, {@link Slice#event} says.
 */
final class Leaving {
    private Leaving() {}

    static long read64(Core core, int address, int pc, int before) {
        begin(core, address, pc, before);
        try {
            long words = core.memory.readWords(address);
            core.slice.after();
            return words;
        } catch (Abort abort) {
            return core.slice.abort(abort, before);
        }
    }

    static int read32(Core core, int address, int pc, int before) {
        begin(core, address, pc, before);
        try {
            int value = core.memory.read32(address);
            core.slice.after();
            return value;
        } catch (Abort abort) {
            return core.slice.abort(abort, before);
        }
    }

    static int read16(Core core, int address, int pc, int before) {
        begin(core, address, pc, before);
        try {
            int value = core.memory.read16(address);
            core.slice.after();
            return value;
        } catch (Abort abort) {
            return core.slice.abort(abort, before);
        }
    }

    static int read8(Core core, int address, int pc, int before) {
        begin(core, address, pc, before);
        try {
            int value = core.memory.read8(address);
            core.slice.after();
            return value;
        } catch (Abort abort) {
            return core.slice.abort(abort, before);
        }
    }

    static void write64(Core core, int address, int first, int second, int pc, int before) {
        begin(core, address, pc, before);
        try {
            core.memory.writeWords(address, first, second);
            core.slice.after();
        } catch (Abort abort) {
            core.slice.abort(abort, before);
        }
    }

    static void write32(Core core, int address, int value, int pc, int before) {
        begin(core, address, pc, before);
        try {
            core.memory.write32(address, value);
            core.slice.after();
        } catch (Abort abort) {
            core.slice.abort(abort, before);
        }
    }

    static void write16(Core core, int address, int value, int pc, int before) {
        begin(core, address, pc, before);
        try {
            core.memory.write16(address, value);
            core.slice.after();
        } catch (Abort abort) {
            core.slice.abort(abort, before);
        }
    }

    static void write8(Core core, int address, int value, int pc, int before) {
        begin(core, address, pc, before);
        try {
            core.memory.write8(address, value);
            core.slice.after();
        } catch (Abort abort) {
            core.slice.abort(abort, before);
        }
    }

    private static void begin(Core core, int address, int pc, int before) {
        if (core.windows.missed(address)) {
            core.slice.leave();
        }
        core.slice.at(pc, before);
    }

    /** Executes an instruction as the interpreter does, in state {@code it}; {@link Core#next} is where it goes on. */
    static void execute(Core core, Instruction i, int it, int before) {
        core.slice.at(i.address, before);
        core.it = it;
        core.r[Core.PC] = i.address + 4;
        core.next = i.address + i.length;
        try {
            i.execute(core);
            core.it = 0;
            core.slice.after();
        } catch (Abort abort) {
            core.slice.abort(abort, before);
        }
    }
}
