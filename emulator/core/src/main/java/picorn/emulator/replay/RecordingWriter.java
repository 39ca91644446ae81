// SPDX-License-Identifier: MIT
package picorn.emulator.replay;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/** Writes down what comes into a machine, as it comes. A failure to write does not end the run: it is kept, and nothing more is written. */
public final class RecordingWriter implements InputSink {
    private static final Set<Channel> CHANNELS = Set.of(Channel.SERIAL, Channel.FRAME, Channel.FRAME_HEARD);

    private final CRC32 check = new CRC32();
    private final DataOutputStream out;
    private Optional<IOException> failure = Optional.empty();
    private boolean ended;

    /**
     * Begins a recording.
     *
     * @param facts what a replay has to agree with, at most 64
     * @param out where to; whoever gives it buffers and closes it
     */
    public RecordingWriter(Map<String, String> facts, OutputStream out) {
        this.out = new DataOutputStream(new CheckedOutputStream(out, check));
        write(() -> begin(facts));
    }

    private void begin(Map<String, String> facts) throws IOException {
        out.writeLong(RecordingFormat.MAGIC);
        out.writeInt(RecordingFormat.VERSION);
        out.writeInt(facts.size());
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            out.writeUTF(fact.getKey());
            out.writeUTF(fact.getValue());
        }
    }

    @Override
    public Set<Channel> channels() {
        return CHANNELS;
    }

    @Override
    public void add(HostInput input) {
        write(() -> {
            out.writeByte(1 + input.channel().ordinal());
            out.writeLong(input.time());
            out.writeLong(input.instructions());
            out.writeInt(input.octets().length);
            out.write(input.octets());
        });
    }

    /** Ends the recording; nothing is added thereafter. */
    public void end(RecordingEnd end) {
        write(() -> {
            out.writeByte(RecordingFormat.END);
            out.writeLong(end.time());
            out.writeLong(end.instructions());
            out.writeLong(end.exceptions());
            out.writeUTF(end.words());
            out.writeInt(end.status());
            out.writeInt((int) check.getValue());
        });
        ended = true;
    }

    /** Whether it has ended. */
    public boolean hasEnded() {
        return ended;
    }

    /** The first failure to write, if there was one. */
    public Optional<IOException> failure() {
        return failure;
    }

    private interface Write {
        void run() throws IOException;
    }

    private void write(Write write) {
        if (ended || failure.isPresent()) {
            return;
        }
        try {
            write.run();
        } catch (IOException e) {
            failure = Optional.of(e);
        }
    }
}
