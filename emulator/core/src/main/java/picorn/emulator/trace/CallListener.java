// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

/** Hears of functions and handlers that begin and end, properly nested in each track. */
interface CallListener {
    /** A track begins: number 0 is that of exception handlers, the others are threads, each a stack of its own. */
    void began(int track, String name);

    /**
     * A function or a handler begins.
     *
     * @param depth how many of the track's are under way already
     */
    void entered(int track, int depth, Frame frame);

    /** The innermost of the track ends. */
    void left(int track, int depth, Frame frame);
}
