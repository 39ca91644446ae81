// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A bus that notes what reaches it and answers as told; what is outside the I/O of {@link EngineContract} is refused. */
final class ScriptedBus implements CpuBus {
    /** What else happens at an access. */
    interface Effect {
        void at(int address);
    }

    private final List<String> accesses = new ArrayList<>();
    private final Map<Integer, Integer> values = new HashMap<>();
    private final Map<Integer, Effect> effects = new HashMap<>();
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

    @Override
    public long read(int address, int width) {
        accesses.add("R%d %08x".formatted(width, address));
        return enter(address) ? values.getOrDefault(address, address) & 0xffff_ffffL >>> 32 - 8 * width : FAULT;
    }

    @Override
    public boolean write(int address, int width, int value) {
        accesses.add("W%d %08x=%x".formatted(width, address, value & 0xffff_ffffL >>> 32 - 8 * width));
        return enter(address);
    }

    private boolean enter(int address) {
        effects.getOrDefault(address, at -> {}).at(address);
        boolean flash = address - EngineContract.FLASH >= 0 && address - EngineContract.FLASH < EngineContract.SIZE;
        return flash || address - EngineContract.IO >= 0 && Integer.compareUnsigned(address, refusedFrom) < 0;
    }
}
