// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import picorn.emulator.cpu.Ram;

/** Guest memory on the Java heap, with a note of which parts of it have been decoded as code. */
final class HeapRam implements Ram {
    /** Octets, as a power of two, that one entry of {@link #code} stands for. */
    static final int BLOCK_BITS = 8;

    static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle HALFWORD = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final Page[] NO_VIEWS = {};

    final byte[] octets;
    /** Not 0 where something has been decoded: a store there has to drop it. */
    final byte[] code;

    private final Page[][] views;

    HeapRam(int bytes) {
        octets = new byte[bytes];
        code = new byte[(bytes >> BLOCK_BITS) + 1];
        views = new Page[bytes >> Page.BITS][];
        Arrays.fill(views, NO_VIEWS);
    }

    /** The pages of the address space that show the 1 KB at {@code offset}. */
    Page[] views(int offset) {
        return views[offset >> Page.BITS];
    }

    void addView(Page page) {
        int at = page.offset >> Page.BITS;
        Page[] more = new Page[views[at].length + 1];
        System.arraycopy(views[at], 0, more, 0, more.length - 1);
        more[more.length - 1] = page;
        views[at] = more;
    }

    void removeView(Page page) {
        int at = page.offset >> Page.BITS;
        views[at] = Arrays.stream(views[at]).filter(other -> other != page).toArray(Page[]::new);
    }

    @Override
    public int size() {
        return octets.length;
    }

    @Override
    public int get8(int offset) {
        return octets[offset] & 0xff;
    }

    @Override
    public int get16(int offset) {
        return (short) HALFWORD.get(octets, offset) & 0xffff;
    }

    @Override
    public int get32(int offset) {
        return (int) WORD.get(octets, offset);
    }

    @Override
    public void put8(int offset, int value) {
        octets[offset] = (byte) value;
    }

    @Override
    public void put16(int offset, int value) {
        HALFWORD.set(octets, offset, (short) value);
    }

    @Override
    public void put32(int offset, int value) {
        WORD.set(octets, offset, value);
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
