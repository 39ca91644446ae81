// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

import picorn.emulator.image.Symbols;

/** Names of instructions' places, the latest of them kept, so that a loop's are put together once. */
final class Places {
    private static final int KEPT = 1 << 12;

    private final Symbols symbols;
    private final int[] addresses = new int[KEPT];
    private final String[] names = new String[KEPT];

    Places(Symbols symbols) {
        this.symbols = symbols;
    }

    /** Such as "main+0x12 at main.c:42". */
    String of(int address) {
        int slot = address >>> 1 & KEPT - 1;
        if (names[slot] == null || addresses[slot] != address) {
            addresses[slot] = address;
            names[slot] = symbols.place(address);
        }
        return names[slot];
    }
}
