// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/**
 * What translated code calls for memory, and for instructions that it does not do by itself; {@code before} is how many cycles are left
 * before the instruction at {@code pc}. Whether the code is to go on afterwards, {@link Slice#event} says.
 */
final class Leaving {
    private Leaving() {}

    static int read32(Core core, byte[] octets, int base, int address, int pc, int before) {
        int at = address - base;
        return Window.shows32(octets, at) ? Window.get32(octets, at) : readOutside32(core, address, pc, before);
    }

    private static int readOutside32(Core core, int address, int pc, int before) {
        begin(core, address, pc, before);
        try {
            int value = core.memory.read32(address);
            core.slice.after();
            return value;
        } catch (Abort abort) {
            return core.slice.abort(abort, before);
        }
    }

    static int read16(Core core, byte[] octets, int base, int address, int pc, int before) {
        int at = address - base;
        return Window.shows16(octets, at) ? Window.get16(octets, at) : readOutside16(core, address, pc, before);
    }

    private static int readOutside16(Core core, int address, int pc, int before) {
        begin(core, address, pc, before);
        try {
            int value = core.memory.read16(address);
            core.slice.after();
            return value;
        } catch (Abort abort) {
            return core.slice.abort(abort, before);
        }
    }

    static int read8(Core core, byte[] octets, int base, int address, int pc, int before) {
        int at = address - base;
        return Window.shows8(octets, at) ? Window.get8(octets, at) : readOutside8(core, address, pc, before);
    }

    private static int readOutside8(Core core, int address, int pc, int before) {
        begin(core, address, pc, before);
        try {
            int value = core.memory.read8(address);
            core.slice.after();
            return value;
        } catch (Abort abort) {
            return core.slice.abort(abort, before);
        }
    }

    static void write32(Core core, byte[] octets, byte[] code, int base, int address, int value, int pc, int before) {
        int at = address - base;
        if (Window.takes32(octets, code, at)) {
            Window.put32(octets, at, value);
        } else {
            writeOutside32(core, address, value, pc, before);
        }
    }

    private static void writeOutside32(Core core, int address, int value, int pc, int before) {
        begin(core, address, pc, before);
        try {
            core.memory.write32(address, value);
            core.slice.after();
        } catch (Abort abort) {
            core.slice.abort(abort, before);
        }
    }

    static void write16(Core core, byte[] octets, byte[] code, int base, int address, int value, int pc, int before) {
        int at = address - base;
        if (Window.takes16(octets, code, at)) {
            Window.put16(octets, at, value);
        } else {
            writeOutside16(core, address, value, pc, before);
        }
    }

    private static void writeOutside16(Core core, int address, int value, int pc, int before) {
        begin(core, address, pc, before);
        try {
            core.memory.write16(address, value);
            core.slice.after();
        } catch (Abort abort) {
            core.slice.abort(abort, before);
        }
    }

    static void write8(Core core, byte[] octets, byte[] code, int base, int address, int value, int pc, int before) {
        int at = address - base;
        if (Window.takes8(octets, code, at)) {
            Window.put8(octets, at, value);
        } else {
            writeOutside8(core, address, value, pc, before);
        }
    }

    private static void writeOutside8(Core core, int address, int value, int pc, int before) {
        begin(core, address, pc, before);
        try {
            core.memory.write8(address, value);
            core.slice.after();
        } catch (Abort abort) {
            core.slice.abort(abort, before);
        }
    }

    private static void begin(Core core, int address, int pc, int before) {
        noteOutside(core, address);
        core.slice.at(pc, before);
    }

    /** Notes an access of memory that the {@link Window} does not show. */
    private static void noteOutside(Core core, int address) {
        Memory memory = core.memory;
        if (memory.map.at(address).writable != null && (++memory.misses & Memory.MISSES_OF_A_STEP - 1) == 0) {
            memory.lastOutside = address;
            memory.outside++;
        }
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
