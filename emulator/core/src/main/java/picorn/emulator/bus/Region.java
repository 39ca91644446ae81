// SPDX-License-Identifier: MIT
package picorn.emulator.bus;

import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Ram;

/** A range of addresses of the bus and what answers there. */
public sealed interface Region {
    /** First address. */
    int base();

    /** Octets. */
    int size();

    /** What stands there, as the manual calls it. */
    String name();

    /** Whether {@code address} is in it. */
    default boolean contains(int address) {
        return Integer.compareUnsigned(address - base(), size()) < 0;
    }

    /**
     * Plain memory, or a part of one.
     *
     * @param ram the memory
     * @param offset octets into it that stand at {@code base}
     * @param mapping what the core may do directly
     * @param masters whether DMA masters reach it
     */
    record Memory(String name, int base, int size, Ram ram, int offset, Mapping mapping, Masters masters)
            implements Region {
        /** Offset into {@link #ram} of {@code address}. */
        public int at(int address) {
            return address - base + offset;
        }

        /** These two are written out, since the JVM would first have to make the usual ones, at each start. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Memory memory
                    && base == memory.base
                    && size == memory.size
                    && ram == memory.ram
                    && offset == memory.offset
                    && name.equals(memory.name)
                    && mapping == memory.mapping
                    && masters == memory.masters;
        }

        @Override
        public int hashCode() {
            return base;
        }
    }

    /** Who reaches a memory beside the core. */
    enum Masters {
        /** The core alone, such as the STM32F4's CCM. */
        CORE_ONLY,
        /** The core and the DMA masters. */
        ALL
    }

    /**
     * A device's registers.
     *
     * @param gate its clock
     */
    record Registers(int base, int size, Device device, Gate gate) implements Region {
        @Override
        public String name() {
            return device.name();
        }
    }

    /** A peripheral's clock: while it is off, reads give 0 and writes are lost (RM0090, 6.3.10). */
    @FunctionalInterface
    interface Gate {
        /** Always on. */
        Gate OPEN = () -> true;

        /** Whether the clock is on. */
        boolean isOpen();
    }
}
