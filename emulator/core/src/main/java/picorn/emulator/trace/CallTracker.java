// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import picorn.emulator.core.ExceptionObserver;
import picorn.emulator.core.Exceptions;
import picorn.emulator.core.InstructionObserver;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Reg;
import picorn.emulator.image.Symbol;
import picorn.emulator.image.Symbols;

/**
 * Tells from instructions, symbols and stack pointers which functions are under way (Procedure Call Standard for the Arm Architecture,
 * 6.2): a call leaves its return address in LR; a function ends when that is reached, or when the stack pointer is above where
 * it was when it began, as after longjmp. A thread is known again by the place of the frame that its exception pushed, so
 * that a kernel that switches stacks gets a track for each thread.
 */
final class CallTracker implements InstructionObserver, ExceptionObserver {
    /** No instruction has this address, nor has an exception frame. */
    private static final int NOWHERE = Frame.NOWHERE;

    private static final int TOP_OF_MEMORY = -1;
    private static final int SPSEL = 2;
    private static final int PROCESS_STACK = 4;
    /** Threads that wait; more are taken to have ended, the longest waiting first. */
    private static final int MOST_THREADS = 256;

    private final CpuEngine engine;
    private final Exceptions exceptions;
    private final Symbols symbols;
    private final CallListener listener;
    private final Track handlers;
    /** By the address of the exception frame that each will return to. */
    private final Map<Integer, Track> waiting = new LinkedHashMap<>();

    /** Of each handler under way: how deep its track was before it, and what was executed last before it. */
    private final int[] depths;

    private final int[] interrupted;
    private int nested;
    private int threads;
    private Track thread;
    private Track current;
    /** The instruction before, of what is under way now. */
    private int last = NOWHERE;

    private int mspAtExit;
    private int pspAtExit;

    CallTracker(CpuEngine engine, Exceptions exceptions, Symbols symbols, CallListener listener) {
        this.engine = engine;
        this.exceptions = exceptions;
        this.symbols = symbols;
        this.listener = listener;
        depths = new int[exceptions.count()];
        interrupted = new int[exceptions.count()];
        handlers = new Track(0, "exceptions", listener);
        thread = newThread("from reset");
        current = thread;
    }

    private Track newThread(String name) {
        threads++;
        return new Track(threads, "thread %d, %s".formatted(threads, name), listener);
    }

    /** What of the present track lies below what may end now. */
    private int floor() {
        return current == handlers && nested > 0 ? depths[nested - 1] + 1 : 0;
    }

    @Override
    public void executes(int pc) {
        int advanced = pc - last;
        boolean onward = (advanced == 2 || advanced == 4) && current.depth() > floor();
        if (!onward || pc == current.top().start() || !current.top().contains(pc)) {
            follow(pc, engine.get(Reg.SP), floor());
        }
        last = pc;
    }

    private void follow(int pc, int sp, int floor) {
        while (current.depth() > floor && Integer.compareUnsigned(current.top().sp(), sp) < 0) {
            current.pop();
        }
        if (current.depth() > floor
                && current.top().returnAddress() == pc
                && current.top().sp() == sp) {
            current.pop();
        }
        symbols.at(pc).ifPresent(function -> enter(function, pc, sp, floor));
    }

    private void enter(Symbol function, int pc, int sp, int floor) {
        int lr = engine.get(Reg.LR) & ~1;
        boolean called = pc == function.address() && (lr - last == 2 || lr - last == 4);
        if (called) {
            push(function, lr, sp);
        } else if (current.depth() == floor) {
            push(function, NOWHERE, sp);
        } else if (current.top().start() != function.address()) {
            jump(function);
        }
    }

    /** It returns to where the function that jumped would have. */
    private void jump(Symbol function) {
        int returnAddress = current.top().returnAddress();
        int sp = current.top().sp();
        current.pop();
        push(function, returnAddress, sp);
    }

    private void push(Symbol function, int returnAddress, int sp) {
        current.push(function.name(), function.address(), Math.max(1, function.size()), returnAddress, sp);
    }

    @Override
    public void entered(int n, int over, Entry entry) {
        if (current != handlers) {
            boolean process = (engine.get(Reg.LR) & PROCESS_STACK) != 0;
            suspend(engine.get(process ? Reg.PSP : Reg.MSP));
        }
        if (nested < depths.length) {
            depths[nested] = handlers.depth();
            interrupted[nested++] = last;
        }
        handlers.push(exceptions.name(n), last, 0, NOWHERE, TOP_OF_MEMORY);
        last = NOWHERE;
    }

    private void suspend(int frame) {
        thread.last(last);
        waiting.remove(frame);
        waiting.put(frame, thread);
        if (waiting.size() > MOST_THREADS) {
            Iterator<Track> oldest = waiting.values().iterator();
            oldest.next().popTo(0);
            oldest.remove();
        }
        current = handlers;
    }

    @Override
    public void left(int n) {
        mspAtExit = engine.get(Reg.MSP);
        pspAtExit = engine.get(Reg.PSP);
        if (nested > 0) {
            handlers.popTo(depths[--nested]);
            last = interrupted[nested];
        }
    }

    @Override
    public void resumed(int n) {
        if (n == 0) {
            int frame = (engine.get(Reg.CONTROL) & SPSEL) != 0 ? pspAtExit : mspAtExit;
            Track known = waiting.remove(frame);
            thread = known != null ? known : newThread("stack at 0x%08x".formatted(frame));
            current = thread;
            last = thread.last();
        }
    }

    @Override
    public void reset() {
        if (last != NOWHERE) {
            end();
            waiting.clear();
            nested = 0;
            thread = newThread("from reset");
            current = thread;
            last = NOWHERE;
        }
    }

    /** Ends everything that is under way. */
    void end() {
        handlers.popTo(0);
        thread.popTo(0);
        waiting.values().forEach(track -> track.popTo(0));
    }
}
