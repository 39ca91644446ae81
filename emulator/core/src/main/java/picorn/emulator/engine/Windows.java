// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/** The two memories that translated code reaches directly: at first those of the stack and of the code, then by what was looked for elsewhere. */
final class Windows {
    private static final int FIRST_PATIENCE = 16;
    private static final int MOST_PATIENCE = 1 << 16;

    private final AddressMap map;
    Window first = Window.NONE;
    Window second = Window.NONE;
    private boolean chosen;
    /** Accesses of other memory until there is a change; each change asks for more. */
    private int patience = FIRST_PATIENCE;

    private int misses;

    Windows(AddressMap map) {
        this.map = map;
    }

    /** The map has changed. */
    void forget() {
        first = Window.NONE;
        second = Window.NONE;
        chosen = false;
        patience = FIRST_PATIENCE;
    }

    /** Chooses those around two addresses, unless there is a choice. */
    void choose(int stack, int code) {
        if (!chosen) {
            chosen = true;
            first = map.window(stack - 4);
            second = map.window(code);
        }
    }

    /** Notes an access that neither of them shows. Returns whether they have changed. */
    boolean missed(int address) {
        if (map.at(address).readable == null || ++misses < patience) {
            return false;
        }
        misses = 0;
        patience = Math.min(2 * patience, MOST_PATIENCE);
        Window wanted = map.window(address);
        if (wanted == Window.NONE || wanted.base == first.base || wanted.base == second.base) {
            return false;
        }
        second = first;
        first = wanted;
        return true;
    }
}
