// SPDX-License-Identifier: MIT
package picorn.junit;

import picorn.emulator.cpu.CpuBus;
import picorn.emulator.machine.Machine;
import picorn.emulator.semihosting.BusMemory;

/**
 * The address space as a debugger sees it: looking has no effect on peripherals.
 *
 * <pre>{@code
 * assertThat(memory.word(0x0800_0000)).isEqualTo(0x2003_0000); // initial stack pointer
 * }</pre>
 */
public final class Memory {
    private final Machine machine;
    private final BusMemory memory;

    Memory(Machine machine) {
        this.machine = machine;
        memory = new BusMemory(machine.bus(), machine.engine());
    }

    /**
     * The word at {@code address}.
     *
     * <pre>{@code
     * assertThat(memory.word(0x2000_0000)).isEqualTo(0xDEAD_BEEF);
     * }</pre>
     *
     * @throws AssertionError where there is nothing
     */
    public int word(int address) {
        return (int) peek(address, 4);
    }

    /**
     * The halfword at {@code address}, 0 to 65535.
     *
     * <pre>{@code
     * assertThat(memory.halfword(0x2000_0000)).isEqualTo(0xBEEF);
     * }</pre>
     *
     * @throws AssertionError where there is nothing
     */
    public int halfword(int address) {
        return (int) peek(address, 2);
    }

    /**
     * The octet at {@code address}, 0 to 255.
     *
     * <pre>{@code
     * assertThat(memory.octet(0x2000_0000)).isEqualTo(0xEF);
     * }</pre>
     *
     * @throws AssertionError where there is nothing
     */
    public int octet(int address) {
        return (int) peek(address, 1);
    }

    private long peek(int address, int width) {
        long value = machine.bus().peek(address, width);
        if (value >= CpuBus.FAULT) {
            throw new AssertionError("there is nothing at 0x%08x: it is %s"
                    .formatted(address, machine.bus().nearest(address)));
        }
        return value;
    }

    /**
     * Octets of RAM or flash memory.
     *
     * <pre>{@code
     * assertThat(memory.octets(0x2000_0000, 4)).containsExactly(1, 2, 3, 4);
     * }</pre>
     *
     * @throws AssertionError if not all of them are memory
     */
    public byte[] octets(int address, int length) {
        byte[] octets = new byte[length];
        if (!memory.read(address, octets, 0, length)) {
            throw notMemory(address, length);
        }
        return octets;
    }

    /**
     * Writes RAM, unseen by the firmware until it looks.
     *
     * <pre>{@code
     * memory.write(0x2000_0000, new byte[] {1, 2, 3, 4});
     * }</pre>
     *
     * @throws AssertionError if not all of it is RAM
     */
    public void write(int address, byte[] octets) {
        if (!memory.write(address, octets, 0, octets.length)) {
            throw notMemory(address, octets.length);
        }
    }

    private static AssertionError notMemory(int address, int length) {
        return new AssertionError("not all of the %d octets at 0x%08x are memory".formatted(length, address));
    }
}
