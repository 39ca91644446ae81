// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.Optional;

/**
 * Where code of a region that was called is expected to return to. Each call has a copy of what it calls, so that its return is one
 * comparison.
 *
 * @param returnsTo the address after the call
 * @param caller how its own code was called
 * @param depth of calls
 */
record CallSite(int returnsTo, Optional<CallSite> caller, int depth) {
    private static final int DEEPEST = 3;

    /** Of the code that the region is entered at: nobody knows who called it. */
    static final CallSite UNKNOWN = new CallSite(0, Optional.empty(), 0);

    /** That of a call which is followed by {@code end}; empty if it is too deep or a recursion. */
    Optional<CallSite> call(int end) {
        return depth >= DEEPEST || returnsTo == end || caller.stream().anyMatch(each -> each.returnsTo == end)
                ? Optional.empty()
                : Optional.of(new CallSite(end, Optional.of(this), depth + 1));
    }

    /** Where the code goes on after its return, if that is known. */
    Optional<Block.Place> back() {
        return caller.map(each -> new Block.Place(returnsTo, each));
    }
}
