// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

import java.util.ArrayList;
import java.util.List;

/** What is under way on one stack, the innermost at the end. */
final class Track {
    /** Deeper recursion is not followed. */
    private static final int DEEPEST = 1 << 12;

    private final int number;
    private final CallListener listener;
    private final List<Frame> frames = new ArrayList<>();
    private int depth;
    private int last = Frame.NOWHERE;

    Track(int number, String name, CallListener listener) {
        this.number = number;
        this.listener = listener;
        listener.began(number, name);
    }

    /** The instruction that it executed last when it was interrupted. */
    int last() {
        return last;
    }

    void last(int pc) {
        last = pc;
    }

    int depth() {
        return depth;
    }

    Frame top() {
        return frames.get(depth - 1);
    }

    void push(String name, int start, long size, int returnAddress, int sp) {
        if (depth == DEEPEST) {
            return;
        }
        if (depth == frames.size()) {
            frames.add(new Frame());
        }
        frames.get(depth).set(name, start, size, returnAddress, sp);
        listener.entered(number, depth, frames.get(depth));
        depth++;
    }

    void pop() {
        depth--;
        listener.left(number, depth, frames.get(depth));
    }

    void popTo(int newDepth) {
        while (depth > newDepth) {
            pop();
        }
    }
}
