// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

/** The MPU as an engine needs it: may this access go ahead? Immutable; a changed MPU is a new object (ARMv7-M ARM, B3.5). */
@FunctionalInterface
public interface Protection {
    /** The MPU is off and every access is allowed; execute-never of the default memory map is kept by what is mapped. */
    Protection NONE = (address, access, privileged) -> true;

    /** Whether {@code access} to the octet at {@code address} is permitted. */
    boolean allows(int address, Access access, boolean privileged);
}
