// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import picorn.stm32f4.memory.ArrayRam;

/** Guest memory which notes what is read or written outside of it. */
final class GuardedRam extends ArrayRam {
    int outside;

    GuardedRam(int size) {
        super(size);
    }

    private boolean has(int offset, int length) {
        boolean inside = offset >= 0 && length >= 0 && offset <= octets.length - length;
        if (!inside) {
            outside++;
        }
        return inside;
    }

    @Override
    public int get8(int offset) {
        return has(offset, 1) ? super.get8(offset) : 0;
    }

    @Override
    public void put8(int offset, int value) {
        if (has(offset, 1)) {
            super.put8(offset, value);
        }
    }

    @Override
    public void read(int offset, byte[] into, int at, int length) {
        if (has(offset, length)) {
            super.read(offset, into, at, length);
        }
    }

    @Override
    public void write(int offset, byte[] from, int at, int length) {
        if (has(offset, length)) {
            super.write(offset, from, at, length);
        }
    }
}
