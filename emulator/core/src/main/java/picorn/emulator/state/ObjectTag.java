// SPDX-License-Identifier: MIT
package picorn.emulator.state;

/** What a reference is, in the order of their numbers in saved state. */
enum ObjectTag {
    NULL,
    /** Stays what it is where it is loaded. */
    FIXED,
    /** A node that has come before, by its number. */
    KNOWN,
    /** A node of a class, or an array of a length, whose contents come later. */
    NODE,
    ARRAY,
    /** A constant of its own class, such as {@code NONE} or one of an enum. */
    CONSTANT,
    RECORD,
    OPTIONAL,
    STRING,
    INTEGER,
    LONG,
    BOOLEAN,
    LIST,
    SET,
    /** Room that holds nothing between two calls. */
    BUFFER;

    static final ObjectTag[] ALL = values();
}
