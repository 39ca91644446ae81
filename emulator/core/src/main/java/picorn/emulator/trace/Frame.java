// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

/** A function, or the handler of an exception, that is under way. Used again for the next one at its depth. */
final class Frame {
    /** Of a handler: nobody's return address. */
    static final int NOWHERE = -1;

    private String name = "";
    private int start;
    private long size;
    private int returnAddress;
    private int sp;

    void set(String newName, int newStart, long newSize, int newReturnAddress, int newSp) {
        name = newName;
        start = newStart;
        size = newSize;
        returnAddress = newReturnAddress;
        sp = newSp;
    }

    String name() {
        return name;
    }

    /** Whether it is an exception's handler as a whole, and no function. */
    boolean isHandler() {
        return size == 0;
    }

    /** Its first instruction; of a handler, that of what it interrupted. */
    int start() {
        return start;
    }

    int returnAddress() {
        return returnAddress;
    }

    /** The stack pointer when it began. */
    int sp() {
        return sp;
    }

    boolean contains(int pc) {
        return Integer.toUnsignedLong(pc - start) < size;
    }
}
