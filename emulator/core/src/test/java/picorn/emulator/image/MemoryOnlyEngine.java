// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picorn.emulator.bus.Bus;
import picorn.emulator.bus.Region;
import picorn.emulator.core.CoreBus;
import picorn.emulator.cpu.Context;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Limit;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;
import picorn.emulator.cpu.Reg;
import picorn.emulator.cpu.Stop;
import picorn.emulator.engine.JavaProvider;
import picorn.emulator.report.Findings;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** An engine that has memory and executes nothing; it remembers what it was told of changes. */
public final class MemoryOnlyEngine implements CpuEngine {
    /** Octets that others wrote, as "offset+size". */
    public final List<String> changes = new ArrayList<>();

    private final CpuEngine memories = new JavaProvider().create(new CoreBus());

    /** A bus with this engine; nothing is on it. */
    public Bus bus() {
        return new Bus(this, Findings.NONE);
    }

    /** Puts new memory on {@code bus}. */
    public Ram add(Bus bus, String name, int base, int size, Mapping mapping) {
        Ram ram = allocate(size);
        bus.map(new Region.Memory(name, base, size, ram, 0, mapping, Region.Masters.ALL));
        return ram;
    }

    @Override
    public String name() {
        return "memory only";
    }

    @Override
    public Set<Limit> limits() {
        return Set.of();
    }

    @Override
    public Ram allocate(int bytes) {
        return memories.allocate(bytes);
    }

    @Override
    public void map(int base, Ram ram, int offset, int size, Mapping mapping) {}

    @Override
    public void unmap(int base, int size) {}

    @Override
    public void changed(Ram ram, int from, int size) {
        changes.add(from + "+" + size);
    }

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
    public void save(StateWriter out) {}

    @Override
    public void load(StateReader in) {}

    @Override
    public void close() {}
}
