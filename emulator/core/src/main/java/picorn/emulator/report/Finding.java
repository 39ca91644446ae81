// SPDX-License-Identifier: MIT
package picorn.emulator.report;

/**
 * Something that firmware did and that a developer wants to know, reported once for each subject.
 *
 * @param kind what sort of thing
 * @param subject what it was done to, by its name in the manual, such as "USART1.CR1.SBK"
 * @param pc address of the instruction
 * @param time picoseconds since reset
 */
public record Finding(Kind kind, String subject, int pc, long time) {
    /** The sorts of findings. */
    public enum Kind {
        UNIMPLEMENTED_FIELD("sets a field that is not modelled"),
        UNMODELLED_REGISTER("uses a register that is not modelled"),
        RESERVED_BITS("writes reserved bits"),
        READ_ONLY_REGISTER("writes a read-only register"),
        CLOCK_GATED("is accessed while its clock is off"),
        UNALIGNED_ACCESS("is accessed across registers"),
        WRONG_WIDTH("does not take accesses so narrow"),
        ACCESS_TO_NOTHING("is accessed, where there is nothing"),
        MEMORY_NOT_WRITABLE("is written, but cannot be"),
        DMA_ERROR("is accessed by DMA, which cannot reach it"),
        FLASH_LOCKED("is written while flash memory is locked"),
        STACK_OVERFLOW("has overflowed"),
        INTERRUPT_STORM("is taken again and again while nothing else makes progress"),
        PERIPHERAL_MISUSE("is used against the manual");

        private final String description;

        Kind(String description) {
            this.description = description;
        }

        /** As the second half of a sentence that starts with the subject. */
        public String description() {
            return description;
        }
    }
}
