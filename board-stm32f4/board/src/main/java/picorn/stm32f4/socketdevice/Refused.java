// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

/** A command that is answered by an error; caught once, where commands are carried out. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    final int errno;

    Refused(int errno) {
        super(null, null, false, false);
        this.errno = errno;
    }
}
