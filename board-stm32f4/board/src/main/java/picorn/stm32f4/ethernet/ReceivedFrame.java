// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

/** What the MAC found out about the frame that is coming in; one object, overwritten by the next frame. */
final class ReceivedFrame {
    /** Octets for the DMA: with the frame check sequence, unless it was stripped. */
    int length;

    /** Bits of RDES0. */
    int status;

    /** Bits of RDES4 from the checksum offload, 0 while that is off. */
    int verdict;

    int seconds;
    int subseconds;

    /** Shorter than 64 octets. */
    boolean undersized;

    boolean hasError() {
        return (status & ReceiveDescriptor.ES) != 0;
    }

    boolean hasChecksumError() {
        return (verdict & (ReceiveDescriptor.IPHE | ReceiveDescriptor.IPPE)) != 0;
    }
}
