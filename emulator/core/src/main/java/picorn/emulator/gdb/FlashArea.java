// SPDX-License-Identifier: MIT
package picorn.emulator.gdb;

/**
 * Flash memory whose sectors are of one size.
 *
 * @param base first address
 * @param size octets
 * @param sector octets of a sector
 */
public record FlashArea(int base, int size, int sector) {
    /** Whether {@code length} octets from {@code address} on are in it. */
    boolean contains(int address, int length) {
        int offset = address - base;
        return offset >= 0 && length >= 0 && offset <= size - length;
    }
}
