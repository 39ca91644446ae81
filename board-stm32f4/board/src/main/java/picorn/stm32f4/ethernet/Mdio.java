// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import java.util.Arrays;

/** The two-wire management bus with up to 32 devices (IEEE 802.3, clause 22.2.4.5); an open line reads as ones. */
public final class Mdio {
    private static final int ADDRESSES = 32;

    private static final ManagedDevice ABSENT = new ManagedDevice() {
        @Override
        public int readManaged(int register) {
            return 0xFFFF;
        }

        @Override
        public void writeManaged(int register, int value) {}
    };

    private final ManagedDevice[] devices = new ManagedDevice[ADDRESSES];

    /** A bus with nothing on it. */
    public Mdio() {
        Arrays.fill(devices, ABSENT);
    }

    /**
     * Puts {@code device} at {@code address}, 0 to 31.
     *
     * @throws IllegalArgumentException if there is one, or no such address
     */
    public void attach(int address, ManagedDevice device) {
        if (address < 0 || address >= ADDRESSES || devices[address] != ABSENT) {
            throw new IllegalArgumentException("MDIO address %d is not free".formatted(address));
        }
        devices[address] = device;
    }

    int read(int address, int register) {
        return devices[address].readManaged(register);
    }

    void write(int address, int register, int value) {
        devices[address].writeManaged(register, value & 0xFFFF);
    }
}
