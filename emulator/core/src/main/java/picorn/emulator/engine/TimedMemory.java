// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.WaitStates;

/**
 * Memory that takes its time: wait states, a cycle for each part of an unaligned access beyond the first, and one store that is on its way
 * while the core goes on (Cortex-M4 TRM, 3.3, "Load/store timings").
 */
final class TimedMemory extends Memory {
    private WaitStates waits = WaitStates.NONE;
    /** What the instruction under way has waited. */
    private int waited;
    /** When the write buffer is empty. */
    long stored;

    TimedMemory(Core core, CpuBus bus) {
        super(core, bus);
    }

    void waitStates(WaitStates newWaits) {
        waits = newWaits;
    }

    /** How long the instruction at {@code address} keeps the core waiting. */
    int fetch(int address, int length) {
        int last = address + length - 2;
        int first = waits.fetch(address, core.cycles);
        return (address ^ last) >>> 4 == 0 ? first : first + waits.fetch(last, core.cycles + first + 1);
    }

    /** An instruction begins. */
    void begin() {
        waited = 0;
    }

    /** What its accesses have waited. */
    int waited() {
        return waited;
    }

    @Override
    int read8(int address) {
        waitToRead(address);
        return super.read8(address);
    }

    @Override
    int read16(int address) {
        if ((address & 1) == 0) {
            waitToRead(address);
        } else {
            waited++;
        }
        return super.read16(address);
    }

    @Override
    int read32(int address) {
        if ((address & 3) == 0) {
            waitToRead(address);
        } else {
            waited += 1 + (address & 1);
        }
        return super.read32(address);
    }

    @Override
    void write8(int address, int value) {
        waitToWrite(address);
        super.write8(address, value);
    }

    @Override
    void write16(int address, int value) {
        if ((address & 1) == 0) {
            waitToWrite(address);
        } else {
            waited++;
        }
        super.write16(address, value);
    }

    @Override
    void write32(int address, int value) {
        if ((address & 3) == 0) {
            waitToWrite(address);
        } else {
            waited += 1 + (address & 1);
        }
        super.write32(address, value);
    }

    private void waitToRead(int address) {
        if (map.show(address).readable != null) {
            long from = whenFree();
            waited += waits.read(address, from);
        }
    }

    private void waitToWrite(int address) {
        if (map.show(address).writable != null) {
            long from = whenFree();
            stored = from + waits.write(address, from);
        }
    }

    /** When the access can begin; waits until then. */
    private long whenFree() {
        long now = core.cycles + waited;
        if (now < stored) {
            waited += (int) (stored - now);
            return stored;
        }
        return now;
    }
}
