// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

import java.io.IOException;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** The calls that work on handles and files; the number each returns is that of the RETURN REGISTER. */
final class FileCalls implements Saved {
    private static final String CONSOLE = ":tt";
    private static final String FEATURES = ":semihosting-features";
    /** A call transfers at most this much, in octets; the guest is told how much remains. */
    private static final int MOST = 16 << 20;

    private final SemihostingHost host;
    private final Handles handles;
    private final byte[] chunk = new byte[Handle.CHUNK];

    FileCalls(SemihostingHost host) {
        this.host = host;
        this.handles = new Handles(host);
    }

    int open(Parameters block) throws Refusal {
        String name = block.name(1, 3);
        OpenMode mode = OpenMode.of(block.field(2));
        if (handles.isFull()) {
            throw Errno.EMFILE.refusal();
        }
        return handles.add(handle(name, mode));
    }

    private Handle handle(String name, OpenMode mode) throws Refusal {
        return switch (name) {
            case CONSOLE -> new ConsoleHandle(
                    host, mode.writes() ? Handle.Kind.CONSOLE_OUTPUT : Handle.Kind.CONSOLE_INPUT);
            case FEATURES -> features(mode);
            default -> new FileHandle(directory().open(name, mode), mode, host.largestFile());
        };
    }

    private static Handle features(OpenMode mode) throws Refusal {
        if (mode != OpenMode.R) {
            throw Errno.EACCES.refusal();
        }
        return new FeaturesHandle(0);
    }

    private ConfinedDirectory directory() throws Refusal {
        if (host.directory().isEmpty()) {
            throw Errno.EACCES.refusal();
        }
        return host.directory().get();
    }

    int close(Parameters block) throws Refusal, IOException {
        handles.close(block.field(1));
        return 0;
    }

    /** Returns the octets that were not written. */
    int write(Parameters block) throws Refusal, IOException {
        Handle handle = handles.get(block.field(1));
        int from = block.field(2);
        long length = Integer.toUnsignedLong(block.field(3));
        int done = 0;
        boolean takesMore = true;
        while (takesMore && done < Math.min(length, MOST)) {
            int wanted = (int) Math.min(chunk.length, length - done);
            block.read(from + done, chunk, wanted);
            int written = handle.write(chunk, wanted);
            done += written;
            takesMore = written == wanted;
        }
        return (int) (length - done);
    }

    /** Returns the octets that were not read, or nothing if the console has none yet. */
    SemihostingResult read(Parameters block) throws Refusal, IOException {
        Handle handle = handles.get(block.field(1));
        int into = block.field(2);
        long length = Integer.toUnsignedLong(block.field(3));
        int done = 0;
        boolean givesMore = true;
        while (givesMore && done < Math.min(length, MOST)) {
            int wanted = (int) Math.min(chunk.length, length - done);
            probe(block, into + done, wanted);
            int count = handle.read(chunk, wanted);
            if (count == ConsoleInput.NOTHING_YET && done == 0) {
                return new SemihostingResult.AwaitInput();
            }
            block.write(into + done, chunk, Math.max(0, count));
            done += Math.max(0, count);
            givesMore = count == wanted;
        }
        return new SemihostingResult.Continue((int) (length - done));
    }

    /** Fails where the guest cannot be given {@code length} octets, before they are taken from somewhere. */
    private void probe(Parameters block, int into, int length) throws Refusal {
        block.read(into, chunk, length);
        block.write(into, chunk, length);
    }

    int isTty(Parameters block) throws Refusal {
        return handles.get(block.field(1)).isTty();
    }

    int seek(Parameters block) throws Refusal, IOException {
        Handle handle = handles.get(block.field(1));
        handle.seek(Integer.toUnsignedLong(block.field(2)));
        return 0;
    }

    int length(Parameters block) throws Refusal, IOException {
        long length = handles.get(block.field(1)).length();
        if (length > Integer.MAX_VALUE) {
            throw Errno.EFBIG.refusal();
        }
        return (int) length;
    }

    int remove(Parameters block) throws Refusal {
        directory().remove(block.name(1, 2));
        return 0;
    }

    int rename(Parameters block) throws Refusal {
        directory().rename(block.name(1, 2), block.name(3, 4));
        return 0;
    }

    void closeAll() {
        handles.closeAll();
    }

    @Override
    public void save(StateWriter out) {
        handles.save(out);
    }

    @Override
    public void load(StateReader in) {
        handles.load(in);
    }
}
