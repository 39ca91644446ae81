// SPDX-License-Identifier: MIT
package picorn.emulator.image;

/** An image that cannot be used; the message is one line for the user: which file, what is wrong and where, and the mend. */
public final class BadImage extends Exception {
    private static final long serialVersionUID = 1L;

    /** Of {@code file}, with {@code what} is wrong and the {@code mend}, joined to one line such as "a.elf: it is empty; build it again". */
    public BadImage(String file, String what, String mend) {
        super(Printable.of("%s: %s; %s".formatted(file, what, mend)));
    }
}
