// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

/** What an engine may be unable to do; each engine declares its own, and the machine and the tests go by that. */
public enum Limit {
    DIVIDE_BY_ZERO_NOT_TRAPPED("DIV_0_TRP has no effect: dividing by zero gives 0"),
    FP_ALWAYS_ENABLED(
            "CPACR and lazy FP stacking have no effect: the FPU executes always, its state is stacked eagerly"),
    UNALIGNED_NOT_TRAPPED("UNALIGN_TRP has no effect; unaligned LDM, STM, LDRD and STRD do not fault"),
    PROTECTION_OF_MEMORY_UNSEEN(
            "the MPU guards exception frames and peripherals, not the core's fetches, loads and stores of mapped memory"),
    EXECUTE_NEVER_FIXED("code at 0xA0000000 and above never executes, even where the MPU allows it"),
    ALIASED_CODE_WRITES_UNSEEN("a store through one mapping of a memory does not refresh code run through another"),
    WATCHED_CODE_LOADS_UNSEEN("a watchpoint does not see loads from a kilobyte in which code has run"),
    SEV_UNSEEN("SEV does not set the event register"),
    HOST_SPECIFIC("native code: runs only where its library exists");

    private final String description;

    Limit(String description) {
        this.description = description;
    }

    /** What a user notices, as a clause. */
    public String description() {
        return description;
    }
}
