// SPDX-License-Identifier: MIT
package picorn.stm32f4.usart;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;

/** The line, shift register and receive data register of a USART (RM0090, 30.3.3), and the host's characters before them. */
final class Receiver implements Saved {
    private static final int CAPACITY = 1024;
    private static final int EMPTY = -1;

    /** What became of a character at its last bit. */
    enum Arrival {
        TAKEN,
        OVERRUN
    }

    private final Pace pace;
    private final BooleanSupplier full;
    private final Consumer<Arrival> arrived;
    private final Event shifted;
    private final Event idle;
    private final CharacterQueue waiting = new CharacterQueue(CAPACITY);
    private HostFlow flow = HostFlow.HELD_BACK;
    private int data;
    private int shifting = EMPTY;
    private boolean heldBack;
    private long endTick;

    /**
     * @param full RXNE: nobody has read the data register yet
     * @param arrived called at a character's last bit
     * @param lineIdle called when no character has followed for the time of one
     */
    Receiver(
            String name,
            EventQueue queue,
            Pace pace,
            BooleanSupplier full,
            Consumer<Arrival> arrived,
            Runnable lineIdle) {
        this.pace = pace;
        this.full = full;
        this.arrived = arrived;
        shifted = queue.event(name + ".received", this::shifted);
        idle = queue.event(name + ".idle", lineIdle);
    }

    void flow(HostFlow newFlow) {
        flow = newFlow;
    }

    boolean offer(int character) {
        return waiting.offer(character);
    }

    int room() {
        return waiting.room();
    }

    int data() {
        return data;
    }

    /** Lets the next character begin, if there is one and the line is free. */
    void start() {
        if (shifting != EMPTY || waiting.isEmpty() || !pace.hasRate()) {
            return;
        }
        shifting = waiting.remove();
        idle.cancel();
        endTick = pace.endTick();
        shifted.at(pace.timeOf(endTick));
    }

    private void shifted() {
        boolean overrun = full.getAsBoolean();
        if (overrun && flow == HostFlow.HELD_BACK) {
            heldBack = true;
            return;
        }
        if (!overrun) {
            data = shifting;
        }
        shifting = EMPTY;
        idle.at(pace.timeAfter(endTick));
        arrived.accept(overrun ? Arrival.OVERRUN : Arrival.TAKEN);
    }

    /** The data register may have become free: a character that was held back arrives now. */
    void dataMayBeTaken() {
        if (heldBack && !full.getAsBoolean()) {
            heldBack = false;
            endTick = Math.max(endTick, pace.currentTick());
            shifted();
        }
    }

    void paceChanged() {
        if (shifting != EMPTY && !heldBack) {
            shifted.at(pace.timeOf(endTick));
        }
        if (idle.armed()) {
            idle.at(pace.timeAfter(endTick));
        }
    }

    /** The receiver forgets; what is still on the host's side stays there. */
    void reset() {
        data = 0;
        shifting = EMPTY;
        heldBack = false;
        shifted.cancel();
        idle.cancel();
    }

    @Override
    public void save(StateWriter out) {
        waiting.save(out);
        out.int32(data);
        out.int32(shifting);
        out.flag(heldBack);
        out.int64(endTick);
    }

    @Override
    public void load(StateReader in) {
        waiting.load(in);
        data = in.int32();
        shifting = in.int32();
        heldBack = in.flag();
        endTick = in.int64();
    }
}
