// SPDX-License-Identifier: MIT
package picorn.stm32f4.system;

/** Where the sectors of the main flash memory are: each MB is a bank of 4 x 16, 64 and 7 x 128 KB (RM0090, tables 5 and 6). */
final class FlashSectors {
    private static final int KB = 1024;
    private static final int BANK = 1024 * KB;
    private static final int PER_BANK = 12;
    private static final int NONE = -1;

    private final int bytes;

    /** Of a chip with {@code bytes} of flash memory. */
    FlashSectors(int bytes) {
        this.bytes = bytes;
    }

    /** The sector that FLASH_CR.SNB names, or -1: sectors 12 to 23 are numbers 16 to 27. */
    int numbered(int snb) {
        int bank = snb >>> 4;
        int sector = (snb & 15) + bank * PER_BANK;
        return (snb & 15) < PER_BANK && offset(sector) < bytes ? sector : NONE;
    }

    /** The sector that holds {@code offset}. */
    int at(int offset) {
        int within = offset % BANK;
        int first = offset / BANK * PER_BANK;
        if (within < 64 * KB) {
            return first + within / (16 * KB);
        }
        return first + 4 + within / (128 * KB);
    }

    /** Octets from the memory's start. */
    int offset(int sector) {
        int n = sector % PER_BANK;
        int within = n <= 4 ? n * 16 * KB : (n - 4) * 128 * KB;
        return sector / PER_BANK * BANK + within;
    }

    /** Octets. */
    int size(int sector) {
        int n = sector % PER_BANK;
        return n < 4 ? 16 * KB : n == 4 ? 64 * KB : 128 * KB;
    }

    /** Sectors of bank 1 or 2 that exist, from the first on. */
    int inBank(int bank) {
        int count = 0;
        while (count < PER_BANK && offset((bank - 1) * PER_BANK + count) < bytes) {
            count++;
        }
        return count;
    }

    /** First sector of bank 1 or 2. */
    int firstOf(int bank) {
        return (bank - 1) * PER_BANK;
    }
}
