// SPDX-License-Identifier: MIT
package picorn.stm32f4.chip;

import picorn.emulator.cpu.WaitStates;
import picorn.stm32f4.system.FlashAccelerator;

/** What the core of an STM32F4 waits for its memories: flash memory by its interface; SRAM and CCM never (RM0090, 2.3 and 3.5). */
final class MemoryWaits implements WaitStates {
    /** Main memory at 0x08000000 and its alias at 0 are the same lines. */
    private static final int WITHOUT_ALIAS = ~0x0800_0000;

    private final Memories memories;
    private final FlashAccelerator flash;

    MemoryWaits(Memories memories, FlashAccelerator flash) {
        this.memories = memories;
        this.flash = flash;
    }

    @Override
    public int fetch(int address, long cycle) {
        return isFlash(address) ? flash.fetch(address & WITHOUT_ALIAS, cycle) : 0;
    }

    @Override
    public int read(int address, long cycle) {
        return isFlash(address) ? flash.read(address & WITHOUT_ALIAS, cycle) : 0;
    }

    @Override
    public int write(int address, long cycle) {
        return 0;
    }

    /** Main memory, system memory, or what stands at 0 if that is one of them. */
    private boolean isFlash(int address) {
        return switch (address >>> 24) {
            case 0x08, 0x1F -> true;
            case 0x00 -> memories.flashIsAtZero();
            default -> false;
        };
    }
}
