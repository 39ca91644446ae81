// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

/** The memory that a semihosting call's pointers point into. Devices' registers are no part of it. */
public interface GuestMemory {
    /** Copies {@code length} octets out, from {@code address} on; false if not all of them are memory. */
    boolean read(int address, byte[] into, int at, int length);

    /** Copies {@code length} octets in; false, and nothing written, if not all of them are writable memory. */
    boolean write(int address, byte[] from, int at, int length);
}
