// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

import java.io.IOException;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateMismatch;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/**
 * The handles that a guest has open, numbered from 1. Files of the host do not survive saving and loading: their handles stay, but
 * every use of them fails until the guest closes them. Console handles survive.
 */
final class Handles implements Saved {
    static final int MOST = 32;

    private final SemihostingHost host;
    private final Handle[] open = new Handle[MOST];

    Handles(SemihostingHost host) {
        this.host = host;
    }

    boolean isFull() {
        return free() == MOST;
    }

    /** Gives {@code handle} a number; there is one, see {@link #isFull}. */
    int add(Handle handle) {
        int place = free();
        open[place] = handle;
        return place + 1;
    }

    private int free() {
        int place = 0;
        while (place < MOST && open[place] != null) {
            place++;
        }
        return place;
    }

    Handle get(int number) throws Refusal {
        if (number < 1 || number > MOST || open[number - 1] == null) {
            throw Errno.EBADF.refusal();
        }
        return open[number - 1];
    }

    void close(int number) throws Refusal, IOException {
        Handle handle = get(number);
        open[number - 1] = null;
        handle.close();
    }

    void closeAll() {
        for (int number = 1; number <= MOST; number++) {
            try {
                close(number);
            } catch (Refusal | IOException e) {
                // not open, or the host's disk failed: it is closed in either case
            }
        }
    }

    @Override
    public void save(StateWriter out) {
        for (Handle handle : open) {
            out.int32(
                    handle == null ? Handle.Kind.NONE.ordinal() : handle.kind().ordinal());
            out.int32(handle instanceof FeaturesHandle features ? features.position() : 0);
        }
    }

    @Override
    public void load(StateReader in) {
        closeAll();
        for (int i = 0; i < MOST; i++) {
            open[i] = restored(in.int32(), in.int32());
        }
    }

    private Handle restored(int kind, int position) {
        if (kind < 0 || kind >= Handle.Kind.values().length) {
            throw new StateMismatch("saved state has semihosting handles of an unknown kind: it is of another version");
        }
        return switch (Handle.Kind.values()[kind]) {
            case NONE -> null;
            case CONSOLE_INPUT, CONSOLE_OUTPUT -> new ConsoleHandle(host, Handle.Kind.values()[kind]);
            case FEATURES -> new FeaturesHandle(position);
            case FILE -> new LostHandle();
        };
    }
}
