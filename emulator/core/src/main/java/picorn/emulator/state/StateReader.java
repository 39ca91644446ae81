// SPDX-License-Identifier: MIT
package picorn.emulator.state;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;

/** Reads what a {@link StateWriter} collected; whatever is missing or of another shape is a {@link StateMismatch}. */
public final class StateReader {
    private final DataInputStream in;

    /** From the start of {@code octets}. */
    public StateReader(byte[] octets) {
        in = new DataInputStream(new ByteArrayInputStream(octets));
    }

    /** Loads {@code part} from the section {@code name}, which must come next. */
    public void section(String name, Saved part) {
        String found = text();
        if (!found.equals(name)) {
            throw new StateMismatch(
                    "saved state has '%s' where '%s' belongs: it is of another machine".formatted(found, name));
        }
        part.load(this);
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
        count(into.length);
        for (int i = 0; i < into.length; i++) {
            into[i] = int32();
        }
    }

    /** Takes as many octets as {@code into} has places. */
    public void octets(byte[] into) {
        count(into.length);
        read(() -> {
            in.readFully(into);
            return into;
        });
    }

    private void count(int wanted) {
        int found = int32();
        if (found != wanted) {
            throw new StateMismatch(
                    "saved state holds %d items where %d belong: it is of another machine".formatted(found, wanted));
        }
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
