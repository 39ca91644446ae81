// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import picorn.emulator.bus.Dma;
import picorn.netstack.octets.OctetStore;

/**
 * The pieces of guest memory that a command names for its data (docs/socket-device.md, "Commands"). The stack copies out of them and into them
 * itself, what was {@linkplain #checkReadable checked} before.
 */
final class Pieces implements OctetStore {
    /** Most of them. */
    static final int MOST = 64;
    /** Most octets that a command moves. */
    static final int OCTETS = 1 << 16;

    private static final int SIZE = 8;
    private static final byte[] NONE = {};

    /** What is done with a run of octets of one piece; false if it is no memory. */
    private interface Access {
        boolean at(int address, byte[] octets, int at, int length);
    }

    private final Dma memory;
    private final Access read;
    private final Access write;
    private final Access checkRead;
    private final Access checkWrite;
    private final byte[] list = new byte[MOST * SIZE];
    private final ByteBuffer words = ByteBuffer.wrap(list).order(ByteOrder.LITTLE_ENDIAN);
    private int count;
    private int length;

    Pieces(Dma memory) {
        this.memory = memory;
        read = memory::read;
        write = memory::write;
        checkRead = (address, octets, at, length) -> memory.canRead(address, length);
        checkWrite = (address, octets, at, length) -> memory.canWrite(address, length);
    }

    /** Reads the list; lengths beyond what a command moves are cut. */
    void load(Command command) throws Refused {
        count = command.pieces();
        length = 0;
        if (count > MOST) {
            throw Errno.EINVAL.refused();
        }
        if (count > 0 && !memory.read(command.list(), list, 0, count * SIZE)) {
            throw Errno.EFAULT.refused();
        }
        for (int i = 0; i < count; i++) {
            length += Math.min(pieceLength(i), OCTETS - length);
        }
    }

    private int pieceLength(int i) {
        return Math.max(0, words.getInt(SIZE * i + 4));
    }

    /** Octets of all together, at most {@link #OCTETS}. */
    @Override
    public int length() {
        return length;
    }

    /** Refuses the command unless its first octets, of which there are as many, can be read. */
    void checkReadable(int wanted) throws Refused {
        check(checkRead, wanted);
    }

    /** Refuses the command unless its first octets, of which there are as many, can be written. */
    void checkWritable(int wanted) throws Refused {
        check(checkWrite, wanted);
    }

    private void check(Access access, int wanted) throws Refused {
        if (!each(access, 0, NONE, 0, wanted)) {
            throw Errno.EFAULT.refused();
        }
    }

    @Override
    public void copy(int from, byte[] to, int at, int count) {
        each(read, from, to, at, count);
    }

    @Override
    public void put(int at, byte[] from, int fromAt, int count) {
        each(write, at, from, fromAt, count);
    }

    /** Goes through the pieces that have the octets from a place on; false if one of them is no memory. */
    private boolean each(Access access, int place, byte[] octets, int at, int wanted) {
        int start = 0;
        int done = 0;
        for (int i = 0; done < wanted; i++) {
            int within = place + done - start;
            int part = Math.min(pieceLength(i) - within, wanted - done);
            if (part > 0) {
                if (!access.at(words.getInt(SIZE * i) + within, octets, at + done, part)) {
                    return false;
                }
                done += part;
            }
            start += pieceLength(i);
        }
        return true;
    }

    /** Copies all octets out of guest memory. */
    void gather(byte[] into) throws Refused {
        checkReadable(length);
        copy(0, into, 0, length);
    }

    /** Copies octets into guest memory; there is room. */
    void scatter(byte[] from, int wanted) throws Refused {
        checkWritable(wanted);
        put(0, from, 0, wanted);
    }

    /** Copies a structure into guest memory, as much of it as there is room for. */
    int give(byte[] structure) throws Refused {
        int part = Math.min(length, structure.length);
        scatter(structure, part);
        return part;
    }
}
