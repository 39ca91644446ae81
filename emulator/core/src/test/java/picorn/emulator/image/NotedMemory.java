// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.util.ArrayList;
import java.util.List;
import picorn.emulator.bus.Bus;
import picorn.emulator.bus.Region;
import picorn.emulator.core.CoreBus;
import picorn.emulator.cpu.EngineMemory;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;
import picorn.emulator.engine.JavaProvider;
import picorn.emulator.report.Findings;

/** The Java engine's memory, from which nothing executes; remembers what it was told of changes. */
public final class NotedMemory implements EngineMemory {
    /** Octets that others wrote, as "offset+size". */
    public final List<String> changes = new ArrayList<>();

    private final EngineMemory engine = new JavaProvider().create(new CoreBus());

    /** A bus with this memory; nothing is on it. */
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
    public Ram allocate(int bytes) {
        return engine.allocate(bytes);
    }

    @Override
    public void map(int base, Ram ram, int offset, int size, Mapping mapping) {}

    @Override
    public void unmap(int base, int size) {}

    @Override
    public void changed(Ram ram, int from, int size) {
        changes.add(from + "+" + size);
    }
}
