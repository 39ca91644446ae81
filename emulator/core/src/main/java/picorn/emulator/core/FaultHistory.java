// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** Where faults came last, so that a report of a lock-up can lead from its end back to its cause. */
final class FaultHistory implements Saved {
    private static final int REMEMBERED = 4;

    private final Deque<FaultPlace> faults = new ArrayDeque<>();
    private Consumer<FaultPlace> listener = fault -> {};

    void onFault(Consumer<FaultPlace> newListener) {
        listener = newListener;
    }

    void remember(int exception, int pc) {
        FaultPlace fault = new FaultPlace(exception, pc);
        add(fault);
        listener.accept(fault);
    }

    private void add(FaultPlace fault) {
        if (faults.size() == REMEMBERED) {
            faults.removeFirst();
        }
        faults.addLast(fault);
    }

    void clear() {
        faults.clear();
    }

    /** The latest at the end. */
    List<FaultPlace> last() {
        return List.copyOf(faults);
    }

    @Override
    public void save(StateWriter out) {
        out.int32(faults.size());
        for (FaultPlace fault : faults) {
            out.int32(fault.exception());
            out.int32(fault.pc());
        }
    }

    @Override
    public void load(StateReader in) {
        faults.clear();
        for (int left = in.int32(); left > 0; left--) {
            add(new FaultPlace(in.int32(), in.int32()));
        }
    }
}
