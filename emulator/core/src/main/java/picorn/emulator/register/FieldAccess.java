// SPDX-License-Identifier: MIT
package picorn.emulator.register;

/** What software's accesses do to a field, in the words of the reference manual (RM0090, section 1.1). */
public enum FieldAccess {
    /** Read and write. */
    RW,
    /** Read only: a write changes nothing. */
    RO,
    /** Write only: reads as 0, the value reaches {@link Register#onWrite} only. */
    WO,
    /** rc_w1: writing 1 clears. */
    W1C,
    /** rc_w0: writing 0 clears, writing 1 changes nothing. */
    W0C,
    /** rs: writing 1 sets, writing 0 changes nothing. */
    W1S,
    /** Read and write, but the function behind it is not modelled: setting it is reported once. */
    UNIMPLEMENTED
}
