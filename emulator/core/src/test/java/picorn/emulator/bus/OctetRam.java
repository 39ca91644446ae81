// SPDX-License-Identifier: MIT
package picorn.emulator.bus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import picorn.emulator.cpu.Ram;

/** Memory without an engine. */
final class OctetRam implements Ram {
    private final ByteBuffer octets;

    OctetRam(int size) {
        octets = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public int size() {
        return octets.capacity();
    }

    @Override
    public int get8(int offset) {
        return octets.get(offset) & 0xFF;
    }

    @Override
    public int get16(int offset) {
        return octets.getShort(offset) & 0xFFFF;
    }

    @Override
    public int get32(int offset) {
        return octets.getInt(offset);
    }

    @Override
    public void put8(int offset, int value) {
        octets.put(offset, (byte) value);
    }

    @Override
    public void put16(int offset, int value) {
        octets.putShort(offset, (short) value);
    }

    @Override
    public void put32(int offset, int value) {
        octets.putInt(offset, value);
    }

    @Override
    public void read(int offset, byte[] into, int at, int length) {
        octets.get(offset, into, at, length);
    }

    @Override
    public void write(int offset, byte[] from, int at, int length) {
        octets.put(offset, from, at, length);
    }

    @Override
    public void fill(int offset, int length, int value) {
        Arrays.fill(octets.array(), offset, offset + length, (byte) value);
    }
}
