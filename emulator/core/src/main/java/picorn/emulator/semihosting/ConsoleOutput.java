// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

/** Where the guest's console output goes. */
@FunctionalInterface
public interface ConsoleOutput {
    /** Takes {@code length} octets from {@code at} on; they are valid during the call only. */
    void write(byte[] octets, int at, int length);
}
