// SPDX-License-Identifier: MIT
package picorn.emulator.gdb;

/** Answers that mean the same whatever was asked. */
final class Reply {
    static final String OK = "OK";
    static final String UNSUPPORTED = "";

    static final String MALFORMED = "E01";
    static final String NO_MEMORY = "E0e";
    static final String NO_FLASH = "E.memtype";
    /** The reason is for people. */
    static final String PAST = "E.in the past nothing can be changed";

    private Reply() {}
}
