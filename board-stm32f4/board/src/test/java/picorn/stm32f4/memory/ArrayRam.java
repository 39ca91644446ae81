// SPDX-License-Identifier: MIT
package picorn.stm32f4.memory;

import java.util.Arrays;
import picorn.emulator.cpu.Ram;

/** Memory in a heap array. */
public class ArrayRam implements Ram {
    /** All of it. */
    public final byte[] octets;

    /** Memory of so many octets, all 0. */
    public ArrayRam(int size) {
        octets = new byte[size];
    }

    @Override
    public int size() {
        return octets.length;
    }

    @Override
    public int get8(int offset) {
        return octets[offset] & 0xFF;
    }

    @Override
    public int get16(int offset) {
        return get8(offset) | get8(offset + 1) << 8;
    }

    @Override
    public int get32(int offset) {
        return get16(offset) | get16(offset + 2) << 16;
    }

    @Override
    public void put8(int offset, int value) {
        octets[offset] = (byte) value;
    }

    @Override
    public void put16(int offset, int value) {
        put8(offset, value);
        put8(offset + 1, value >>> 8);
    }

    @Override
    public void put32(int offset, int value) {
        put16(offset, value);
        put16(offset + 2, value >>> 16);
    }

    @Override
    public void read(int offset, byte[] into, int at, int length) {
        System.arraycopy(octets, offset, into, at, length);
    }

    @Override
    public void write(int offset, byte[] from, int at, int length) {
        System.arraycopy(from, at, octets, offset, length);
    }

    @Override
    public void fill(int offset, int length, int value) {
        Arrays.fill(octets, offset, offset + length, (byte) value);
    }
}
