// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

/** Why a call failed, as SYS_ERRNO tells: the numbers that newlib and Linux share. */
enum Errno {
    ENOENT(2),
    EIO(5),
    EBADF(9),
    EACCES(13),
    EFAULT(14),
    EISDIR(21),
    EINVAL(22),
    EMFILE(24),
    EFBIG(27),
    ENOSPC(28),
    ESPIPE(29),
    ENOSYS(38);

    private final int number;
    private final Refusal refusal = new Refusal(this);

    Errno(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** What to throw for it; one for all times. */
    Refusal refusal() {
        return refusal;
    }
}
