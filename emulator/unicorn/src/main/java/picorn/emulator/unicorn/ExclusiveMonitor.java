// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import picorn.emulator.cpu.SavedMonitor;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** The local exclusive monitor (ARMv7-M ARM, A3.4.1), of which Unicorn tells nothing: it is read and written in a saved context. */
final class ExclusiveMonitor implements Saved {
    private static final long OPEN = -1;

    private final ExclusiveLayout layout;
    private final SavedContext context;

    ExclusiveMonitor(ExclusiveLayout layout, SavedContext context) {
        this.layout = layout;
        this.context = context;
    }

    /** Makes the next STREX fail. */
    void clear() {
        context.save();
        if (context.octets().getLong(layout.address()) != OPEN) {
            context.octets().putLong(layout.address(), OPEN);
            context.restore();
        }
    }

    @Override
    public void save(StateWriter out) {
        context.save();
        long address = context.octets().getLong(layout.address());
        new SavedMonitor(address != OPEN, address, context.octets().getLong(layout.value())).save(out);
    }

    @Override
    public void load(StateReader in) {
        SavedMonitor saved = SavedMonitor.load(in);
        context.save();
        // without an address it is open: the next STREX fails, and firmware tries again
        context.octets().putLong(layout.address(), saved.exclusive() ? saved.address() : OPEN);
        context.octets().putLong(layout.value(), saved.value());
        context.restore();
    }
}
