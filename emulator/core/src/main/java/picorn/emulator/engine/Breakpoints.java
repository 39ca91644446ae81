// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.HashSet;
import java.util.Set;
import picorn.emulator.cpu.Stop.Reason;

/** Where runs stop. A breakpoint is decoded in place of its instruction, so that none costs nothing. */
final class Breakpoints {
    private final Set<Integer> addresses = new HashSet<>();
    private boolean any;

    void add(int address) {
        addresses.add(address);
        any = true;
    }

    void remove(int address) {
        addresses.remove(address);
        any = !addresses.isEmpty();
    }

    boolean at(int address) {
        return any && addresses.contains(address);
    }

    static void stop(Core core) {
        throw core.stopAt(Reason.BREAKPOINT, 0);
    }
}
