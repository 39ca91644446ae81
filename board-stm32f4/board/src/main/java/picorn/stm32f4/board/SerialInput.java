// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import java.util.Arrays;
import java.util.concurrent.Semaphore;
import picorn.emulator.machine.Machine;
import picorn.emulator.replay.Channel;
import picorn.emulator.replay.InputRecorder;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.emulator.time.Event;
import picorn.stm32f4.usart.Usart;

/**
 * Feeds octets of the host to a USART, none lost: what its line has no room for waits here, and the host's thread waits with
 * {@link #reserve} while too much does.
 */
public final class SerialInput implements Saved {
    private static final int CAPACITY = 4096;
    /** How often a full line is tried again: some ten characters at 115200 baud. */
    private static final long RETRY = Clock.SECOND / 1000;

    private final Usart usart;
    private final Machine machine;
    private final InputRecorder inputs;
    private final Event retry;
    private final Semaphore room = new Semaphore(CAPACITY);
    private byte[] waiting = {};
    private int next;
    /** Of those that wait, the first ones were typed or loaded: nobody reserved room for them. */
    private int unreserved;

    /** Before {@code usart}; one for each USART of a machine. */
    SerialInput(Usart usart, Machine machine, InputRecorder inputs) {
        this.usart = usart;
        this.inputs = inputs;
        this.machine = machine;
        retry = machine.events().event(usart.name() + ".host", this::feed);
    }

    /** On a host's thread, before posting: waits until {@code octets}, at most 4096, are sure to find room. */
    public void reserve(int octets) throws InterruptedException {
        room.acquire(octets);
    }

    /** On the emulation's thread: takes what was reserved and posted. */
    public void received(byte[] octets) {
        append(octets);
        feed();
    }

    /** On the emulation's thread: takes what nobody reserved room for, however much. */
    public void type(byte[] octets) {
        int reserved = count() - unreserved;
        room.release(reserved);
        append(octets);
        unreserved = count();
        feed();
    }

    private int count() {
        return waiting.length - next;
    }

    private void append(byte[] octets) {
        inputs.input(Channel.SERIAL, octets);
        byte[] joined = Arrays.copyOfRange(waiting, next, waiting.length + octets.length);
        System.arraycopy(octets, 0, joined, count(), octets.length);
        waiting = joined;
        next = 0;
    }

    private void feed() {
        while (count() > 0 && usart.receive(waiting[next] & 0xFF)) {
            next++;
            if (unreserved > 0) {
                unreserved--;
            } else {
                room.release();
            }
        }
        if (count() > 0) {
            retry.at(machine.now() + RETRY);
        }
    }

    @Override
    public void save(StateWriter out) {
        out.octets(Arrays.copyOfRange(waiting, next, waiting.length));
    }

    @Override
    public void load(StateReader in) {
        room.release(count() - unreserved);
        waiting = in.octets();
        next = 0;
        unreserved = waiting.length;
    }
}
