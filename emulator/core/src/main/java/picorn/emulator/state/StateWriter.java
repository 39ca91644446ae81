// SPDX-License-Identifier: MIT
package picorn.emulator.state;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Collects saved state, big-endian, in named sections so that a mismatch is found where it is. */
public final class StateWriter {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(octets);

    /** Starts the part of {@code name} and saves {@code part} in it. */
    public void section(String name, Saved part) {
        text(name);
        part.save(this);
    }

    /** Saves {@code part}, which not every such machine has, so that one without it can pass it over. */
    public void optional(String name, Optional<? extends Saved> part) {
        StateWriter inner = new StateWriter();
        part.ifPresent(present -> present.save(inner));
        text(name);
        flag(part.isPresent());
        octets(inner.toByteArray());
    }

    /** Adds an octet. */
    public void int8(int value) {
        write(() -> out.writeByte(value));
    }

    /** Adds a word. */
    public void int32(int value) {
        write(() -> out.writeInt(value));
    }

    /** Adds a double word. */
    public void int64(long value) {
        write(() -> out.writeLong(value));
    }

    /** Adds a truth value. */
    public void flag(boolean value) {
        write(() -> out.writeBoolean(value));
    }

    /** Adds a string of at most 65535 octets in UTF-8. */
    public void text(String value) {
        write(() -> out.writeUTF(value));
    }

    /** Adds words with their number. */
    public void int32s(int[] values) {
        int32(values.length);
        for (int value : values) {
            int32(value);
        }
    }

    /** Adds octets with their number. */
    public void octets(byte[] values) {
        int32(values.length);
        write(() -> out.write(values));
    }

    /** All that was added. */
    public byte[] toByteArray() {
        return octets.toByteArray();
    }

    private interface Write {
        void run() throws IOException;
    }

    private static void write(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to memory does not fail
        }
    }
}
