// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import picorn.emulator.bus.Dma;

/** The pieces of guest memory that a command names for its data (docs/socket-device.md, "Commands"). */
final class Pieces {
    /** Most of them. */
    static final int MOST = 64;
    /** Most octets that a command moves. */
    static final int OCTETS = 1 << 16;

    private static final int SIZE = 8;

    private final Dma memory;
    private final byte[] list = new byte[MOST * SIZE];
    private final ByteBuffer words = ByteBuffer.wrap(list).order(ByteOrder.LITTLE_ENDIAN);
    private int count;
    private int length;

    Pieces(Dma memory) {
        this.memory = memory;
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
    int length() {
        return length;
    }

    /** Copies the first {@code wanted} octets out of guest memory; there are as many. */
    void gather(byte[] into, int wanted) throws Refused {
        int done = 0;
        for (int i = 0; done < wanted; i++) {
            int part = Math.min(pieceLength(i), wanted - done);
            if (!memory.read(words.getInt(SIZE * i), into, done, part)) {
                throw Errno.EFAULT.refused();
            }
            done += part;
        }
    }

    /** Copies octets into guest memory; there is room. */
    void scatter(byte[] from, int wanted) throws Refused {
        int done = 0;
        for (int i = 0; done < wanted; i++) {
            int part = Math.min(pieceLength(i), wanted - done);
            if (!memory.write(words.getInt(SIZE * i), from, done, part)) {
                throw Errno.EFAULT.refused();
            }
            done += part;
        }
    }

    /** Copies a structure into guest memory, as much of it as there is room for. */
    int give(byte[] structure) throws Refused {
        int part = Math.min(length, structure.length);
        scatter(structure, part);
        return part;
    }
}
