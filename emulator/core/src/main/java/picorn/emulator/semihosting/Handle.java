// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

import java.io.IOException;

/** What a semihosting handle stands for. A failing one says why by a {@link Refusal}; {@link IOException} is the host's trouble. */
interface Handle {
    /** Octets per transfer between guest and host. */
    int CHUNK = 4096;

    /** Writes up to {@code length} octets; how many it took. */
    default int write(byte[] octets, int length) throws Refusal, IOException {
        throw Errno.EBADF.refusal();
    }

    /** Reads up to {@code length} octets; how many there were, 0 at the end, {@link ConsoleInput#NOTHING_YET} if it may be more later. */
    default int read(byte[] octets, int length) throws Refusal, IOException {
        throw Errno.EBADF.refusal();
    }

    /** Moves to {@code position}, 0 to 2^32-1. */
    default void seek(long position) throws Refusal, IOException {
        throw Errno.ESPIPE.refusal();
    }

    /** Octets of the file. */
    long length() throws Refusal, IOException;

    /** 1 for an interactive device, 0 for a file. */
    default int isTty() throws Refusal {
        return 0;
    }

    default void close() throws IOException {}

    /** What restoring makes of it. */
    Kind kind();

    /** The kinds, in the order that saved state numbers them. */
    enum Kind {
        NONE,
        CONSOLE_INPUT,
        CONSOLE_OUTPUT,
        FEATURES,
        FILE
    }
}
