// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import picorn.emulator.cpu.Ram;

/** Guest memory on the Java heap, with a note of which parts of it have been decoded as code. */
final class HeapRam implements Ram {
    /** Octets, as a power of two, that one entry of {@link #code} stands for. */
    static final int BLOCK_BITS = 8;

    static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    /** Two words, the first in the lower half. */
    static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static final VarHandle HALFWORD = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final Page[] NO_VIEWS = {};
    /** What a page shows that shows nothing. */
    static final HeapRam NONE = new HeapRam(0);

    private final int size;
    /** Empty until somebody reads one or writes it: most firmware leaves the 32 MB of an SDRAM alone. */
    private byte[] octets = {};
    /** Not 0 where something has been decoded: a store there has to drop it. */
    final byte[] code;

    private boolean holdsCode;

    private final Page[][] views;

    HeapRam(int bytes) {
        size = bytes;
        code = new byte[(bytes >> BLOCK_BITS) + 1];
        views = new Page[bytes >> Page.BITS][];
    }

    /** All octets. */
    byte[] octets() {
        if (octets.length != size) {
            octets = new byte[size];
        }
        return octets;
    }

    /** Notes that what is around {@code offset} has been decoded. */
    void noteCode(int offset) {
        code[offset >> BLOCK_BITS] = 1;
        holdsCode = true;
    }

    /** Whether anything has been decoded. */
    boolean holdsCode() {
        return holdsCode;
    }

    /** Whether nothing around {@code offset} has been decoded. */
    boolean isData(int offset) {
        return code[offset >> BLOCK_BITS] == 0;
    }

    /** The pages of the address space that show the 1 KB at {@code offset}. */
    Page[] views(int offset) {
        Page[] known = views[offset >> Page.BITS];
        return known == null ? NO_VIEWS : known;
    }

    void addView(Page page) {
        int at = page.offset >> Page.BITS;
        Page[] before = views(page.offset);
        Page[] more = Arrays.copyOf(before, before.length + 1);
        more[before.length] = page;
        views[at] = more;
    }

    void removeView(Page page) {
        int at = page.offset >> Page.BITS;
        views[at] =
                Arrays.stream(views(page.offset)).filter(other -> other != page).toArray(Page[]::new);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isUntouched() {
        return octets.length != size;
    }

    @Override
    public int get8(int offset) {
        return octets()[offset] & 0xff;
    }

    @Override
    public int get16(int offset) {
        return (short) HALFWORD.get(octets(), offset) & 0xffff;
    }

    @Override
    public int get32(int offset) {
        return (int) WORD.get(octets(), offset);
    }

    @Override
    public void put8(int offset, int value) {
        octets()[offset] = (byte) value;
    }

    @Override
    public void put16(int offset, int value) {
        HALFWORD.set(octets(), offset, (short) value);
    }

    @Override
    public void put32(int offset, int value) {
        WORD.set(octets(), offset, value);
    }

    @Override
    public void read(int offset, byte[] into, int at, int length) {
        if (octets.length == size) {
            System.arraycopy(octets, offset, into, at, length);
        } else {
            Objects.checkFromIndexSize(offset, length, size);
            Arrays.fill(into, at, at + length, (byte) 0);
        }
    }

    @Override
    public void write(int offset, byte[] from, int at, int length) {
        System.arraycopy(from, at, octets(), offset, length);
    }

    /** By copies that grow: a loop over 2 MB of flash would be interpreted at each start. */
    @Override
    public void fill(int offset, int length, int value) {
        byte[] all = octets();
        int done = Math.min(length, 1 << BLOCK_BITS);
        Arrays.fill(all, offset, offset + done, (byte) value);
        while (done < length) {
            int more = Math.min(done, length - done);
            System.arraycopy(all, offset, all, offset + done, more);
            done += more;
        }
    }
}
