// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import java.util.concurrent.Semaphore;
import picorn.emulator.machine.Machine;
import picorn.emulator.time.Clock;
import picorn.emulator.time.Event;
import picorn.stm32f4.usart.Usart;

/**
 * Feeds octets of the host to a USART, none lost: what its line has no room for waits here, and the host's thread waits with
 * {@link #reserve} while too much does.
 */
public final class SerialInput {
    private static final int CAPACITY = 4096;
    /** How often a full line is tried again: some ten characters at 115200 baud. */
    private static final long RETRY = Clock.SECOND / 1000;

    private final Usart usart;
    private final Machine machine;
    private final Event retry;
    private final Semaphore room = new Semaphore(CAPACITY);
    private final byte[] waiting = new byte[CAPACITY];
    private int first;
    private int count;

    /** Before {@code usart}; one for each USART of a machine. */
    public SerialInput(Usart usart, Machine machine) {
        this.usart = usart;
        this.machine = machine;
        retry = machine.events().event(usart.name() + ".host", this::feed);
    }

    /** On a host's thread, before posting: waits until {@code octets}, at most 4096, are sure to find room. */
    public void reserve(int octets) throws InterruptedException {
        room.acquire(octets);
    }

    /** On the emulation's thread: takes what was reserved and posted. */
    public void received(byte[] octets) {
        for (byte octet : octets) {
            waiting[(first + count++) % CAPACITY] = octet;
        }
        feed();
    }

    private void feed() {
        while (count > 0 && usart.receive(waiting[first] & 0xFF)) {
            first = (first + 1) % CAPACITY;
            count--;
            room.release();
        }
        if (count > 0) {
            retry.at(machine.now() + RETRY);
        }
    }
}
