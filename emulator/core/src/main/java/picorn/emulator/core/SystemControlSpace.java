// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import java.util.List;
import picorn.emulator.bus.Device;
import picorn.emulator.bus.RegisterShape;
import picorn.emulator.register.RegisterBlock;

/** The page 0xE000E000 that SysTick, NVIC, SCB, MPU, FPU and debug registers share (ARMv7-M ARM, table B3-3). */
final class SystemControlSpace implements Device {
    static final int BASE = 0xE000_E000;
    static final int SIZE = 0x1000;

    private final RegisterBlock[] owners = new RegisterBlock[SIZE / 4];
    private final RegisterBlock rest;

    /** Routes each offset to the block that declares it; the first one reports what nobody does. */
    SystemControlSpace(List<? extends RegisterBlock> blocks) {
        rest = blocks.get(0);
        for (RegisterBlock block : blocks) {
            block.registers().forEach(register -> owners[register.offset() / 4] = block);
        }
    }

    @Override
    public String name() {
        return "SCS";
    }

    private RegisterBlock owner(int offset) {
        RegisterBlock owner = owners[offset / 4];
        return owner == null ? rest : owner;
    }

    @Override
    public String nameAt(int offset) {
        return owner(offset).nameAt(offset);
    }

    @Override
    public RegisterShape shapeAt(int offset) {
        return owner(offset).shapeAt(offset);
    }

    @Override
    public int read(int offset, int width) {
        return owner(offset).read(offset, width);
    }

    @Override
    public int peek(int offset, int width) {
        return owner(offset).peek(offset, width);
    }

    @Override
    public void write(int offset, int width, int value) {
        owner(offset).write(offset, width, value);
    }
}
