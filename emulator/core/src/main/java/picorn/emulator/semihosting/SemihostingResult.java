// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

/** What the machine does after a semihosting call. */
public sealed interface SemihostingResult {
    /**
     * The guest goes on behind its call instruction.
     *
     * @param r0 the RETURN REGISTER
     */
    record Continue(int r0) implements SemihostingResult {}

    /**
     * The run ends.
     *
     * @param code 0 if the guest ended well; its own exit status if it gave one, any value; else 1
     * @param reason why it stopped
     */
    record Exit(int code, StopReason reason) implements SemihostingResult {}

    /** The guest waits for console input: the call had no effect and is to be made again when there is some. */
    record AwaitInput() implements SemihostingResult {}
}
