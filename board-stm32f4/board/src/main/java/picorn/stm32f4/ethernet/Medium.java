// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

/** Where frames go that leave the MAC: the cable, or back when something loops. */
@FunctionalInterface
interface Medium {
    /** Takes a frame, without frame check sequence, whose last bit has just been sent; the array is lent. */
    void send(byte[] frame, int length);
}
