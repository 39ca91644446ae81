// SPDX-License-Identifier: MIT
package picorn.emulator.register;

/** What a write of 8 or 16 bits does to a 32-bit register. */
public enum NarrowWrites {
    /** Only the octets written change (AHB peripherals, private peripherals of the core). */
    MERGED,
    /** The bridge feeds the octet or halfword into every lane of a 32-bit write (APB peripherals; RM0090, section 2.1.11). */
    DUPLICATED
}
