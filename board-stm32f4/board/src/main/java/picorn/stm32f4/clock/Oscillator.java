// SPDX-License-Identifier: MIT
package picorn.stm32f4.clock;

import java.util.function.LongSupplier;
import picorn.emulator.register.Field;
import picorn.emulator.time.Clock;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;

/** An oscillator or PLL of RCC: an ON bit, and a RDY bit that follows it after a start-up time, or never. */
final class Oscillator {
    private final Field on;
    private final Field ready;
    private final Clock clock;
    private final LongSupplier startUp;
    private final Event stable;
    private final Runnable changed;

    /**
     * @param startUp picoseconds from ON to RDY if it was switched on now; {@link EventQueue#NEVER} when it cannot start
     * @param becameReady what RDY causes
     * @param changed what any change of RDY causes
     */
    Oscillator(
            Field on,
            Field ready,
            EventQueue queue,
            Clock clock,
            LongSupplier startUp,
            Runnable becameReady,
            Runnable changed) {
        this.on = on;
        this.ready = ready;
        this.clock = clock;
        this.startUp = startUp;
        this.changed = changed;
        this.stable = queue.event(ready.toString(), () -> {
            ready.set();
            becameReady.run();
            changed.run();
        });
    }

    /** Follows the ON bit and what the start-up depends on. */
    void update() {
        if (!on.isSet()) {
            stop();
        } else if (!ready.isSet() && !stable.armed()) {
            long time = startUp.getAsLong();
            stable.at(time == EventQueue.NEVER ? EventQueue.NEVER : clock.now() + time);
        }
    }

    private void stop() {
        stable.cancel();
        if (ready.isSet()) {
            ready.clear();
            changed.run();
        }
    }

    /** Forgets a start-up that has begun. */
    void cancel() {
        stable.cancel();
    }

    boolean isReady() {
        return ready.isSet();
    }
}
