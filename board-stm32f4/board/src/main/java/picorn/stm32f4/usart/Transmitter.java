// SPDX-License-Identifier: MIT
package picorn.stm32f4.usart;

import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;

/** The transmit data register and shift register of a USART (RM0090, 30.3.2). */
final class Transmitter implements Saved {
    private static final int EMPTY = -1;

    private final Pace pace;
    private final Runnable sent;
    private final Event shifted;
    private SerialSink sink = SerialSink.NONE;
    private int held = EMPTY;
    private int shifting = EMPTY;
    private long endTick;

    Transmitter(String name, EventQueue queue, Pace pace, Runnable sent) {
        this.pace = pace;
        this.sent = sent;
        shifted = queue.event(name + ".transmitted", this::shifted);
    }

    void sendTo(SerialSink newSink) {
        sink = newSink;
    }

    /** Puts a character into the data register. */
    void hold(int character) {
        held = character;
    }

    /** Moves the data register to the shift register if it can; true if the data register became empty. */
    boolean start() {
        if (held == EMPTY || shifting != EMPTY || !pace.hasRate()) {
            return false;
        }
        shifting = held;
        held = EMPTY;
        endTick = pace.endTick();
        shifted.at(pace.timeOf(endTick));
        return true;
    }

    boolean isEmpty() {
        return held == EMPTY && shifting == EMPTY;
    }

    private void shifted() {
        int character = shifting;
        shifting = EMPTY;
        sink.transmitted(character, pace.timeOf(endTick));
        sent.run();
    }

    void paceChanged() {
        if (shifting != EMPTY) {
            shifted.at(pace.timeOf(endTick));
        }
    }

    void reset() {
        held = EMPTY;
        shifting = EMPTY;
        shifted.cancel();
    }

    @Override
    public void save(StateWriter out) {
        out.int32(held);
        out.int32(shifting);
        out.int64(endTick);
    }

    @Override
    public void load(StateReader in) {
        held = in.int32();
        shifting = in.int32();
        endTick = in.int64();
    }
}
