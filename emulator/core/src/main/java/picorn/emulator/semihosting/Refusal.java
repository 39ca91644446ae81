// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

/** A call fails; caught once, in {@link Semihosting#call}. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    Refusal(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    Errno errno() {
        return errno;
    }
}
