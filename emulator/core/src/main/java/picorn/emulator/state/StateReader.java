// SPDX-License-Identifier: MIT
package picorn.emulator.state;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Optional;

/** Reads what a {@link StateWriter} collected; whatever is missing or of another shape is a {@link StateMismatch}. */
public final class StateReader {
    private final DataInputStream in;

    /** From the start of {@code octets}. */
    public StateReader(byte[] octets) {
        in = new DataInputStream(new ByteArrayInputStream(octets));
    }

    /** Loads {@code part} from the section {@code name}, which must come next. */
    public void section(String name, Saved part) {
        requireNext(name);
        part.load(this);
    }

    private void requireNext(String name) {
        String found = text();
        if (!found.equals(name)) {
            throw new StateMismatch(
                    "saved state has '%s' where '%s' belongs: it is of another machine".formatted(found, name));
        }
    }

    /** Loads {@code part} as {@link StateWriter#optional} saved it; what only one of the two machines has stays as it is. */
    public void optional(String name, Optional<? extends Saved> part) {
        requireNext(name);
        boolean saved = flag();
        StateReader inner = new StateReader(octets());
        if (saved) {
            part.ifPresent(present -> present.load(inner));
        }
    }

    /** Takes an octet, a number below {@code limit}. */
    public int int8(int limit) {
        return index(read(in::readUnsignedByte), limit);
    }

    /** Takes a number below {@code limit}. */
    public int index(int limit) {
        return index(int32(), limit);
    }

    private static int index(int found, int limit) {
        if (found < 0 || found >= limit) {
            throw new StateMismatch(
                    "saved state has a %d where %d is the limit: it is damaged".formatted(found, limit));
        }
        return found;
    }

    /** Takes a word. */
    public int int32() {
        return read(in::readInt);
    }

    /** Takes a double word. */
    public long int64() {
        return read(in::readLong);
    }

    /** Takes a truth value. */
    public boolean flag() {
        return read(in::readBoolean);
    }

    /** Takes a string. */
    public String text() {
        return read(in::readUTF);
    }

    /** Takes as many words as {@code into} has places. */
    public void int32s(int[] into) {
        require(into.length);
        for (int i = 0; i < into.length; i++) {
            into[i] = int32();
        }
    }

    /** Takes octets, as many as there are. */
    public byte[] octets() {
        byte[] octets = new byte[count(remaining())];
        read(() -> {
            in.readFully(octets);
            return octets;
        });
        return octets;
    }

    /** How many octets are left. */
    public int remaining() {
        return read(in::available);
    }

    /** Takes as many octets as {@code into} has places. */
    public void octets(byte[] into) {
        require(into.length);
        read(() -> {
            in.readFully(into);
            return into;
        });
    }

    private void require(int wanted) {
        int found = int32();
        if (found != wanted) {
            throw new StateMismatch(
                    "saved state holds %d items where %d belong: it is of another machine".formatted(found, wanted));
        }
    }

    /** Takes a number of items, of which there are {@code most} at most. */
    public int count(long most) {
        int found = int32();
        if (found < 0 || found > most) {
            throw new StateMismatch(
                    "saved state holds %d items where %d are the most: it is damaged".formatted(found, most));
        }
        return found;
    }

    /** Takes the number of one of {@code values}. */
    public <T> T oneOf(T[] values) {
        return values[index(values.length)];
    }

    private interface Read<T> {
        T run() throws IOException;
    }

    private static <T> T read(Read<T> read) {
        try {
            return read.run();
        } catch (IOException e) {
            throw new StateMismatch("saved state is truncated or damaged");
        }
    }
}
