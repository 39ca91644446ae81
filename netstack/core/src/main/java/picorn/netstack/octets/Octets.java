// SPDX-License-Identifier: MIT
package picorn.netstack.octets;

import java.util.Arrays;
import java.util.Objects;

/** A view of a run of octets in an array; it can be aimed anew, so that a layer needs only one for all its packets. */
public final class Octets implements OctetStore {
    private static final byte[] NONE = {};

    private byte[] array = NONE;
    private int offset;
    private int length;

    /**
     * A view of a whole array.
     *
     * @param array the octets, not copied
     * @return the view
     */
    public static Octets over(byte[] array) {
        return new Octets().aim(array, 0, array.length);
    }

    /**
     * Makes this a view of part of an array.
     *
     * @param array the octets, not copied
     * @param offset index of the first one
     * @param length how many
     * @return this
     * @throws IndexOutOfBoundsException if the array does not have them
     */
    public Octets aim(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        this.array = array;
        this.offset = offset;
        this.length = length;
        return this;
    }

    /**
     * Makes this a view of part of what another one shows.
     *
     * @param other the other view
     * @param from first octet, counted within the other view
     * @param length how many
     * @return this
     * @throws IndexOutOfBoundsException if the other view does not have them
     */
    public Octets aim(Octets other, int from, int length) {
        Objects.checkFromIndexSize(from, length, other.length);
        this.array = other.array;
        this.offset = other.offset + from;
        this.length = length;
        return this;
    }

    /**
     * How many octets are in view.
     *
     * @return 0 or more
     */
    @Override
    public int length() {
        return length;
    }

    /**
     * The array behind the view, for loops that cannot afford a call an octet.
     *
     * @return the array itself
     */
    public byte[] array() {
        return array;
    }

    /**
     * Where the view begins in {@link #array()}.
     *
     * @return an index
     */
    public int offset() {
        return offset;
    }

    /** Where a field of a format begins in {@link #array()}; it must lie within the view. */
    int index(int at, int end) {
        assert end <= length;
        return offset + at;
    }

    /**
     * Demands a least length.
     *
     * @param size octets that must be there
     * @param otherwise why the packet is dropped if they are not
     * @throws Malformed if they are not there
     */
    public void require(int size, Drop otherwise) throws Malformed {
        if (length < size) {
            throw otherwise.malformed();
        }
    }

    /**
     * One octet.
     *
     * @param at its place in the view
     * @return 0 to 255
     * @throws IndexOutOfBoundsException if it is not in view
     */
    public int octet(int at) {
        return array[offset + Objects.checkIndex(at, length)] & 0xFF;
    }

    /**
     * Copies octets out of another view into this one.
     *
     * @param at place of the first one in this view
     * @param from the other view
     * @param fromAt place of the first one in the other view
     * @param count how many
     * @throws IndexOutOfBoundsException if either view does not have them
     */
    public void put(int at, Octets from, int fromAt, int count) {
        Objects.checkFromIndexSize(fromAt, count, from.length);
        put(at, from.array, from.offset + fromAt, count);
    }

    /**
     * Copies octets of an array into this view.
     *
     * @param at place of the first one in this view
     * @param from the array
     * @param fromAt index of the first one in the array
     * @param count how many
     * @throws IndexOutOfBoundsException if view or array do not have them
     */
    @Override
    public void put(int at, byte[] from, int fromAt, int count) {
        Objects.checkFromIndexSize(at, count, length);
        System.arraycopy(from, fromAt, array, offset + at, count);
    }

    /**
     * Copies octets of this view into an array.
     *
     * @param from place of the first one in this view
     * @param to the array
     * @param at index of the first one in the array
     * @param count how many, of those in view
     */
    @Override
    public void copy(int from, byte[] to, int at, int count) {
        System.arraycopy(array, offset + from, to, at, count);
    }

    /**
     * Fills part of the view with zeros.
     *
     * @param at place of the first octet
     * @param count how many
     * @throws IndexOutOfBoundsException if they are not in view
     */
    public void clear(int at, int count) {
        Objects.checkFromIndexSize(at, count, length);
        Arrays.fill(array, offset + at, offset + at + count, (byte) 0);
    }

    /**
     * What is in view.
     *
     * @return a copy
     */
    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }
}
