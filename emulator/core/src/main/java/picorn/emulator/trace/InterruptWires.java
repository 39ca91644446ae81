// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

import picorn.emulator.core.ExceptionNumber;
import picorn.emulator.core.ExceptionObserver;
import picorn.emulator.core.Exceptions;
import picorn.emulator.trace.Vcd.Wire;

/** Two wires for each exception in a {@link Vcd}: high while it is pending, high while it is active, be it preempted or not. */
public final class InterruptWires implements ExceptionObserver {
    private static final String MODULE = "interrupts";

    private final Vcd vcd;
    private final Wire[] pending;
    private final Wire[] active;

    /** Declares them, for those exceptions that there are and that {@code filter} lets through. */
    public InterruptWires(Vcd vcd, TraceFilter filter, Exceptions exceptions) {
        this.vcd = vcd;
        pending = new Wire[exceptions.count()];
        active = new Wire[exceptions.count()];
        for (int n = ExceptionNumber.NMI; n < exceptions.count(); n++) {
            String name = exceptions.name(n);
            if (filter.block(name) && Character.isLetter(name.charAt(0))) {
                pending[n] = vcd.wire(MODULE, name + "_pending", exceptions.isPending(n));
                active[n] = vcd.wire(MODULE, name + "_active", exceptions.isActive(n));
            }
        }
    }

    private void set(Wire[] wires, int n, boolean high) {
        if (wires[n] != null) {
            vcd.set(wires[n], high);
        }
    }

    @Override
    public void pended(int n) {
        set(pending, n, true);
    }

    @Override
    public void withdrawn(int n) {
        set(pending, n, false);
    }

    @Override
    public void entered(int n, int over, Entry entry) {
        set(pending, n, false);
        set(active, n, true);
    }

    @Override
    public void left(int n) {
        set(active, n, false);
    }

    @Override
    public void reset() {
        for (int n = 0; n < pending.length; n++) {
            set(pending, n, false);
            set(active, n, false);
        }
    }
}
