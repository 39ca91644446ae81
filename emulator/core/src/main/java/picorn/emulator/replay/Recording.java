// SPDX-License-Identifier: MIT
package picorn.emulator.replay;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** A file that a {@link RecordingWriter} wrote: looked through from end to end when it is opened, then read as it is played. */
public final class Recording {
    private final Path file;
    private final Map<String, String> facts;
    private final RecordingEnd end;

    private Recording(Path file, Map<String, String> facts, RecordingEnd end) {
        this.file = file;
        this.facts = facts;
        this.end = end;
    }

    /**
     * Opens {@code file}.
     *
     * @throws BadRecording if it is none, or not a whole one
     */
    public static Recording open(Path file) throws BadRecording {
        CRC32 check = new CRC32();
        try (DataInputStream in = new DataInputStream(
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), check))) {
            Map<String, String> facts = facts(in);
            Optional<HostInput> input;
            do {
                input = input(in);
            } while (input.isPresent());
            RecordingEnd end =
                    new RecordingEnd(in.readLong(), in.readLong(), in.readLong(), in.readUTF(), in.readInt());
            int sum = (int) check.getValue();
            if (in.readInt() != sum || in.read() >= 0) {
                throw new BadRecording("it is damaged");
            }
            return new Recording(file, facts, end);
        } catch (EOFException e) {
            throw new BadRecording("it is cut off, as by a run that was killed");
        } catch (IOException e) {
            throw new BadRecording("it cannot be read; name another file");
        }
    }

    private static Map<String, String> facts(DataInputStream in) throws IOException, BadRecording {
        if (in.readLong() != RecordingFormat.MAGIC) {
            throw new BadRecording("it is no recording of Picorn's");
        }
        int version = in.readInt();
        if (version != RecordingFormat.VERSION) {
            throw new BadRecording("it is of version %d, and this Picorn plays version %d"
                    .formatted(version, RecordingFormat.VERSION));
        }
        int count = in.readInt();
        if (count < 0 || count > RecordingFormat.MOST_FACTS) {
            throw new BadRecording("it is damaged");
        }
        Map<String, String> facts = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            facts.put(in.readUTF(), in.readUTF());
        }
        return facts;
    }

    /** The next input; nothing where the end begins. */
    private static Optional<HostInput> input(DataInputStream in) throws IOException, BadRecording {
        int channel = in.readUnsignedByte();
        if (channel == RecordingFormat.END) {
            return Optional.empty();
        }
        long time = channel <= Channel.values().length ? in.readLong() : -1;
        long instructions = in.readLong();
        int length = in.readInt();
        if (time < 0 || length < 0 || length > RecordingFormat.LONGEST) {
            throw new BadRecording("it is damaged");
        }
        byte[] octets = new byte[length];
        in.readFully(octets);
        return Optional.of(new HostInput(Channel.values()[channel - 1], time, instructions, octets));
    }

    /** What a replay has to agree with. */
    public Map<String, String> facts() {
        return Map.copyOf(facts);
    }

    /** How the run ended. */
    public RecordingEnd end() {
        return end;
    }

    /** A reader of its inputs. */
    public Inputs inputs() throws BadRecording {
        try {
            return new Inputs(new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16)));
        } catch (IOException e) {
            throw new BadRecording("it cannot be read any more");
        }
    }

    /** Reads one after the other, as they are wanted. */
    public static final class Inputs implements InputSource, AutoCloseable {
        private final DataInputStream in;
        private boolean ended;

        private Inputs(DataInputStream in) throws IOException, BadRecording {
            this.in = in;
            Recording.facts(in);
        }

        @Override
        public Optional<HostInput> next() {
            if (ended) {
                return Optional.empty();
            }
            try {
                Optional<HostInput> next = input(in);
                ended = next.isEmpty();
                return next;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (BadRecording e) {
                throw new UncheckedIOException(new IOException("the recording has changed while it was played", e));
            }
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                // it was read only
            }
        }
    }
}
