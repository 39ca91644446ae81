// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import picorn.emulator.cpu.Ram;

/** Memory outside the Java heap that Unicorn maps where the guest wants it; it lives as long as anybody refers to it. */
final class NativeRam implements Ram {
    private static final int PAGE = 4096;

    private final ByteBuffer octets;
    private final long address;

    NativeRam(int size) {
        octets = ByteBuffer.allocateDirect(Math.addExact(size, 2 * PAGE))
                .alignedSlice(PAGE)
                .slice(0, size)
                .order(ByteOrder.LITTLE_ENDIAN);
        address = Pointer.nativeValue(Native.getDirectBufferPointer(octets));
    }

    /** Where the host has it. */
    long address() {
        return address;
    }

    @Override
    public int size() {
        return octets.capacity();
    }

    @Override
    public int get8(int offset) {
        return octets.get(offset) & 0xff;
    }

    @Override
    public int get16(int offset) {
        return octets.getShort(offset) & 0xffff;
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
        byte[] pattern = new byte[Math.min(length, PAGE)];
        java.util.Arrays.fill(pattern, (byte) value);
        for (int done = 0; done < length; done += PAGE) {
            octets.put(offset + done, pattern, 0, Math.min(PAGE, length - done));
        }
    }
}
