// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import picorn.emulator.semihosting.SemihostingResult.Continue;

/** A guest with 64 KB of memory at 0x20000000 that makes semihosting calls: the block at its start, names and buffers behind it. */
final class Guest implements GuestMemory {
    static final int BASE = 0x2000_0000;
    static final int SIZE = 1 << 16;
    static final int BUFFER = BASE + 0x1000;

    private static final int NAMES = BASE + 0x100;

    final ByteBuffer memory = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    private final Semihosting semihosting;

    Guest(SemihostingHost host) {
        semihosting = new Semihosting(host, this);
    }

    Semihosting semihosting() {
        return semihosting;
    }

    @Override
    public boolean read(int address, byte[] into, int at, int length) {
        if (!contains(address, length)) {
            return false;
        }
        memory.get(address - BASE, into, at, length);
        return true;
    }

    @Override
    public boolean write(int address, byte[] from, int at, int length) {
        if (!contains(address, length)) {
            return false;
        }
        memory.put(address - BASE, from, at, length);
        return true;
    }

    private static boolean contains(int address, int length) {
        long offset = Integer.toUnsignedLong(address - BASE);
        return offset + length <= SIZE;
    }

    /** Calls with a data block of these fields. */
    SemihostingResult block(Operation operation, int... fields) {
        for (int i = 0; i < fields.length; i++) {
            memory.putInt(4 * i, fields[i]);
        }
        return call(operation, BASE);
    }

    SemihostingResult call(Operation operation, int parameter) {
        return semihosting.call(number(operation), parameter);
    }

    /** As {@link #block}, for a call that goes on; what it returns in R0. */
    int result(Operation operation, int... fields) {
        return ((Continue) block(operation, fields)).r0();
    }

    int open(String name, int mode) {
        return result(Operation.SYS_OPEN, name(name, 0), mode, length(name));
    }

    int write(int handle, String text) {
        memory.put(BUFFER - BASE, text.getBytes(StandardCharsets.UTF_8));
        return result(Operation.SYS_WRITE, handle, BUFFER, length(text));
    }

    /** Reads up to {@code length} octets. */
    String read(int handle, int length) {
        int missing = result(Operation.SYS_READ, handle, BUFFER, length);
        return text(BUFFER, length - missing);
    }

    int remove(String name) {
        return result(Operation.SYS_REMOVE, name(name, 0), length(name));
    }

    int rename(String from, String to) {
        return result(Operation.SYS_RENAME, name(from, 0), length(from), name(to, 1), length(to));
    }

    int errno() {
        return ((Continue) call(Operation.SYS_ERRNO, 0)).r0();
    }

    String text(int address, int length) {
        byte[] octets = new byte[length];
        memory.get(address - BASE, octets);
        return new String(octets, StandardCharsets.UTF_8);
    }

    private int name(String name, int place) {
        int address = NAMES + place * 0x700;
        memory.put(address - BASE, (name + "\0").getBytes(StandardCharsets.UTF_8));
        return address;
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    static int number(Operation operation) {
        return switch (operation) {
            case SYS_OPEN -> 0x01;
            case SYS_CLOSE -> 0x02;
            case SYS_WRITEC -> 0x03;
            case SYS_WRITE0 -> 0x04;
            case SYS_WRITE -> 0x05;
            case SYS_READ -> 0x06;
            case SYS_READC -> 0x07;
            case SYS_ISERROR -> 0x08;
            case SYS_ISTTY -> 0x09;
            case SYS_SEEK -> 0x0A;
            case SYS_FLEN -> 0x0C;
            case SYS_TMPNAM -> 0x0D;
            case SYS_REMOVE -> 0x0E;
            case SYS_RENAME -> 0x0F;
            case SYS_CLOCK -> 0x10;
            case SYS_TIME -> 0x11;
            case SYS_SYSTEM -> 0x12;
            case SYS_ERRNO -> 0x13;
            case SYS_GET_CMDLINE -> 0x15;
            case SYS_HEAPINFO -> 0x16;
            case SYS_EXIT -> 0x18;
            case SYS_EXIT_EXTENDED -> 0x20;
            case SYS_ELAPSED -> 0x30;
            case SYS_TICKFREQ -> 0x31;
        };
    }
}
