// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picorn.emulator.bus.Bus;
import picorn.emulator.bus.Region;
import picorn.emulator.cpu.Context;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Limit;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;
import picorn.emulator.cpu.Reg;
import picorn.emulator.cpu.Stop;
import picorn.emulator.report.Findings;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** An engine that has memory and executes nothing; it remembers what it was told of changes. */
public final class MemoryOnlyEngine implements CpuEngine {
    /** Octets that others wrote, as "offset+size". */
    public final List<String> changes = new ArrayList<>();

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
        return new ArrayRam(bytes);
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

    private record ArrayRam(ByteBuffer octets) implements Ram {
        ArrayRam(int size) {
            this(ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN));
        }

        @Override
        public int size() {
            return octets.capacity();
        }

        @Override
        public int get8(int offset) {
            return octets.get(offset) & 0xFF;
        }

        @Override
        public int get16(int offset) {
            return octets.getShort(offset) & 0xFFFF;
        }

        @Override
        public int get32(int offset) {
            return octets.getInt(offset);
        }

        @Override
        public void put8(int offset, int value) {
            octets.put(offset, (byte) value);
        }

        @Override
        public void put16(int offset, int value) {
            octets.putShort(offset, (short) value);
        }

        @Override
        public void put32(int offset, int value) {
            octets.putInt(offset, value);
        }

        @Override
        public void read(int offset, byte[] into, int at, int length) {
            octets.get(offset, into, at, length);
        }

        @Override
        public void write(int offset, byte[] from, int at, int length) {
            octets.put(offset, from, at, length);
        }

        @Override
        public void fill(int offset, int length, int value) {
            Arrays.fill(octets.array(), offset, offset + length, (byte) value);
        }
    }
}
