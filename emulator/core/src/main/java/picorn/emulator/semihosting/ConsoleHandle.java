// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

/** One direction of the console: what the name ":tt" opens. */
final class ConsoleHandle implements Handle {
    private final SemihostingHost host;
    private final Kind kind;

    /** {@code kind} is CONSOLE_INPUT or CONSOLE_OUTPUT. */
    ConsoleHandle(SemihostingHost host, Kind kind) {
        this.host = host;
        this.kind = kind;
    }

    @Override
    public int write(byte[] octets, int length) throws Refusal {
        require(Kind.CONSOLE_OUTPUT);
        host.output().write(octets, 0, length);
        return length;
    }

    @Override
    public int read(byte[] octets, int length) throws Refusal {
        require(Kind.CONSOLE_INPUT);
        int count = 0;
        while (count < length) {
            int next = host.input().next();
            if (next < 0) {
                return count == 0 && next == ConsoleInput.NOTHING_YET ? next : count;
            }
            octets[count++] = (byte) next;
        }
        return count;
    }

    private void require(Kind wanted) throws Refusal {
        if (kind != wanted) {
            throw Errno.EBADF.refusal();
        }
    }

    /** 0: the document speaks of seekable files only, and newlib's fstat fails, then its stdout buffers, unless it is told a length. */
    @Override
    public long length() {
        return 0;
    }

    @Override
    public int isTty() {
        return 1;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
