// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.List;
import java.util.Optional;

/** Instructions that follow each other, up to a branch; the first one is outside of IT blocks. A call's are there once for each {@link CallSite}. */
record Block(CallSite site, List<Instruction> instructions) {
    /** The address of the first of them. */
    int address() {
        return instructions.get(0).address;
    }

    /** Where it is. */
    Place place() {
        return new Place(address(), site);
    }

    /** An address, and how code came there. */
    record Place(int address, CallSite site) {}

    /** Where the last of them goes to if it is a branch or call to its label; empty if that is not to be followed. */
    Optional<Place> target() {
        Instruction last = instructions.get(instructions.size() - 1);
        Optional<CallSite> there = Flow.calls(last) ? site.call(end()) : Optional.of(site);
        return there.map(callee -> new Place(last.i, callee));
    }

    /** The address after the last of them. */
    int end() {
        Instruction last = instructions.get(instructions.size() - 1);
        return last.address + last.length;
    }
}
