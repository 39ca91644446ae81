// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A bus that notes what reaches it and answers as told; what is outside the I/O of {@link EngineContract} is refused. */
final class ScriptedBus implements CpuBus {
    /** What else happens at an access. */
    interface Effect {
        void at(int address);
    }

    private final List<String> accesses = new ArrayList<>();
    private final Map<Integer, Integer> values = new HashMap<>();
    private final Map<Integer, Effect> effects = new HashMap<>();
    private final Set<Integer> refused = new HashSet<>();
    private int memoryBase;
    private Optional<Ram> memory = Optional.empty();
    private int refusedFrom = EngineContract.IO + 0x1000;

    /** Every access so far: {@code "R4 40000000"} or {@code "W4 40000000=1"}. */
    List<String> accesses() {
        return accesses;
    }

    /** Makes an address read as {@code value}. */
    void holds(int address, int value) {
        values.put(address, value);
    }

    /** Makes something happen when an address is accessed, before the answer. */
    void on(int address, Effect effect) {
        effects.put(address, effect);
    }

    /** Refuses this address and those above it. */
    void refuseFrom(int address) {
        refusedFrom = address;
    }

    /** Refuses this address until {@link #allow}. */
    void refuse(int address) {
        refused.add(address);
    }

    void allow(int address) {
        refused.remove(address);
    }

    /** Serves the addresses from {@code base} on from memory. */
    void shows(int base, Ram ram) {
        memoryBase = base;
        memory = Optional.of(ram);
    }

    private boolean inMemory(int address) {
        return memory.isPresent()
                && Integer.compareUnsigned(address - memoryBase, memory.get().size()) < 0;
    }

    private long readMemory(int at, int width) {
        Ram ram = memory.orElseThrow();
        return switch (width) {
            case 1 -> ram.get8(at);
            case 2 -> ram.get16(at);
            default -> ram.get32(at) & 0xffff_ffffL;
        };
    }

    private void writeMemory(int at, int width, int value) {
        for (int i = 0; i < width; i++) {
            memory.orElseThrow().put8(at + i, value >>> 8 * i);
        }
    }

    @Override
    public long read(int address, int width) {
        accesses.add("R%d %08x".formatted(width, address));
        if (inMemory(address)) {
            return enter(address) ? readMemory(address - memoryBase, width) : FAULT;
        }
        return enter(address) ? values.getOrDefault(address, address) & 0xffff_ffffL >>> 32 - 8 * width : FAULT;
    }

    @Override
    public boolean write(int address, int width, int value) {
        accesses.add("W%d %08x=%x".formatted(width, address, value & 0xffff_ffffL >>> 32 - 8 * width));
        boolean taken = enter(address);
        if (taken && inMemory(address)) {
            writeMemory(address - memoryBase, width, value);
        }
        return taken;
    }

    private boolean enter(int address) {
        effects.getOrDefault(address, at -> {}).at(address);
        if (refused.contains(address) || inMemory(address)) {
            return !refused.contains(address);
        }
        boolean flash = address - EngineContract.FLASH >= 0 && address - EngineContract.FLASH < EngineContract.SIZE;
        return flash || address - EngineContract.IO >= 0 && Integer.compareUnsigned(address, refusedFrom) < 0;
    }
}
