// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

/** A file that was open when the state was saved: it keeps its number until the guest closes it, and can do nothing else. */
final class LostHandle implements Handle {
    @Override
    public void seek(long position) throws Refusal {
        throw Errno.EBADF.refusal();
    }

    @Override
    public long length() throws Refusal {
        throw Errno.EBADF.refusal();
    }

    @Override
    public int isTty() throws Refusal {
        throw Errno.EBADF.refusal();
    }

    @Override
    public Kind kind() {
        return Kind.FILE;
    }
}
