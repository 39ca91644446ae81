// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import java.util.EnumSet;
import java.util.Set;
import picorn.emulator.cpu.Context;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Limit;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;
import picorn.emulator.cpu.Reg;
import picorn.emulator.cpu.Stop;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** An engine that only allocates memory, for a bus without a core. */
final class NoEngine implements CpuEngine {
    @Override
    public String name() {
        return "none";
    }

    @Override
    public Set<Limit> limits() {
        return EnumSet.noneOf(Limit.class);
    }

    @Override
    public Ram allocate(int bytes) {
        return new ArrayRam(bytes);
    }

    @Override
    public void map(int base, Ram ram, int offset, int size, Mapping mapping) {}

    @Override
    public void unmap(int base, int size) {}

    @Override
    public void changed(Ram ram, int from, int size) {}

    @Override
    public Stop run(long untilCycle) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long cycles() {
        return 0;
    }

    @Override
    public int pc() {
        return 0;
    }

    @Override
    public boolean privileged() {
        return true;
    }

    @Override
    public void stopBy(long cycle) {}

    @Override
    public int get(Reg register) {
        return 0;
    }

    @Override
    public void set(Reg register, int value) {}

    @Override
    public void enterMode(int xpsr, int control, int msp, int psp) {}

    @Override
    public void clearExclusive() {}

    @Override
    public void context(Context context) {}

    @Override
    public void reportUnmasking(boolean on) {}

    @Override
    public void breakAt(int address, boolean on) {}

    @Override
    public void close() {}

    @Override
    public void save(StateWriter out) {}

    @Override
    public void load(StateReader in) {}
}
