// SPDX-License-Identifier: MIT
package picorn.stm32f4.memory;

import picorn.emulator.cpu.EngineMemory;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;

/** Memory before which there is no core. */
public final class UnmappedMemory implements EngineMemory {
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
}
