// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import com.sun.jna.Memory;
import java.util.Set;
import java.util.TreeSet;

/** Breakpoints, as Unicorn's exits: addresses at which translated code ends the run, inside IT blocks too. */
final class Breakpoints {
    private final NativeUnicorn unicorn;
    private final long uc;
    private final AddressMap map;
    private final Set<Integer> addresses = new TreeSet<>();

    Breakpoints(NativeUnicorn unicorn, long uc, AddressMap map) {
        this.unicorn = unicorn;
        this.uc = uc;
        this.map = map;
    }

    /** Whether there is one at {@code address}. */
    boolean at(int address) {
        return !addresses.isEmpty() && addresses.contains(address);
    }

    /** Adds one, if it is not there. */
    void add(int address) {
        if (addresses.add(address)) {
            apply(address);
        }
    }

    /** Removes one, if it is there. */
    void remove(int address) {
        if (addresses.remove(address)) {
            apply(address);
        }
    }

    private void apply(int address) {
        try (Memory list = new Memory((addresses.size() + 1) * (long) Long.BYTES)) {
            int at = 0;
            for (int breakpoint : addresses) {
                list.setLong(at++ * (long) Long.BYTES, breakpoint & 0xffff_ffffL);
            }
            Emulation.check(unicorn.control(uc, Uc.CTL_EXITS, list, (long) at));
        }
        // Code before it was translated to run on, and code at it, of no length, to stop.
        long exit = address & 0xffff_ffffL;
        map.forget(Math.max(exit - 2, 0), exit + 2);
    }
}
