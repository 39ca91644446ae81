// SPDX-License-Identifier: MIT
package picorn.junit;

import picorn.emulator.machine.Machine;
import picorn.emulator.time.Clock;
import picorn.emulator.time.Event;
import picorn.stm32f4.usart.Usart;

/** Feeds a USART what a test types, as its line has room. */
final class ConsoleInput {
    /** How often a full line is tried again: some ten characters at 115200 baud. */
    private static final long RETRY = Clock.SECOND / 1000;

    private final Usart usart;
    private final Machine machine;
    private final Event retry;
    private byte[] waiting = new byte[0];
    private int next;

    ConsoleInput(Usart usart, Machine machine) {
        this.usart = usart;
        this.machine = machine;
        retry = machine.events().event("console input", this::feed);
    }

    void send(byte[] octets) {
        int left = waiting.length - next;
        byte[] joined = new byte[left + octets.length];
        System.arraycopy(waiting, next, joined, 0, left);
        System.arraycopy(octets, 0, joined, left, octets.length);
        waiting = joined;
        next = 0;
        feed();
    }

    private void feed() {
        while (next < waiting.length && usart.receive(waiting[next] & 0xFF)) {
            next++;
        }
        if (next < waiting.length) {
            retry.at(machine.now() + RETRY);
        }
    }
}
