// SPDX-License-Identifier: MIT
package picorn.netstack.octets;

/** A run of octets, wherever they are: in an array, or in memory that can only be copied from and to, such as that of a guest. */
public interface OctetStore {
    /**
     * How many octets there are.
     *
     * @return 0 or more
     */
    int length();

    /**
     * Copies octets of it into an array.
     *
     * @param from place of the first one
     * @param to the array
     * @param at index of the first one in the array
     * @param count how many, of those that there are
     */
    void copy(int from, byte[] to, int at, int count);

    /**
     * Copies octets of an array into it.
     *
     * @param at place of the first one
     * @param from the array
     * @param fromAt index of the first one in the array
     * @param count how many, of those that there are
     */
    void put(int at, byte[] from, int fromAt, int count);
}
