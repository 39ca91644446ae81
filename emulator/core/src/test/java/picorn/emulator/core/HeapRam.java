// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import picorn.emulator.cpu.Ram;

/** Memory on the heap. */
final class HeapRam implements Ram {
    private final byte[] octets;
    private final ByteBuffer words;

    HeapRam(int size) {
        octets = new byte[size];
        words = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public int size() {
        return octets.length;
    }

    @Override
    public int get8(int offset) {
        return words.get(offset) & 0xFF;
    }

    @Override
    public int get16(int offset) {
        return words.getShort(offset) & 0xFFFF;
    }

    @Override
    public int get32(int offset) {
        return words.getInt(offset);
    }

    @Override
    public void put8(int offset, int value) {
        words.put(offset, (byte) value);
    }

    @Override
    public void put16(int offset, int value) {
        words.putShort(offset, (short) value);
    }

    @Override
    public void put32(int offset, int value) {
        words.putInt(offset, value);
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
