// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

/** Something with management registers on an {@link Mdio} bus (IEEE 802.3, clause 22.2.4). */
public interface ManagedDevice {
    /** Reads register {@code register} (0 to 31) with its side effects; 0 to 65535. */
    int readManaged(int register);

    /** Writes bits 15:0 of {@code value} to register {@code register} (0 to 31). */
    void writeManaged(int register, int value);
}
