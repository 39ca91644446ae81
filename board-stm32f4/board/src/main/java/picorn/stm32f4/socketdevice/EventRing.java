// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.util.Arrays;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateMismatch;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** Which sockets stand in the event ring: each once at most, so that the ring never overflows (docs/socket-device.md). */
final class EventRing implements Saved {
    private final boolean[] queued = new boolean[SocketTable.SIZE];
    private final int[] numbers = new int[SocketTable.SIZE];
    int head;
    int tail;

    void clear() {
        Arrays.fill(queued, false);
        head = 0;
        tail = 0;
    }

    /** Adds a socket; false if it is there. */
    boolean add(int number) {
        if (queued[number]) {
            return false;
        }
        queued[number] = true;
        numbers[place(tail)] = number;
        tail++;
        return true;
    }

    private static int place(int count) {
        return Integer.remainderUnsigned(count, SocketTable.SIZE);
    }

    /** The driver has taken the entries up to a count; false if there are not as many. */
    boolean taken(int upTo) {
        if (Integer.compareUnsigned(upTo - head, tail - head) > 0) {
            return false;
        }
        for (; head != upTo; head++) {
            queued[numbers[place(head)]] = false;
        }
        return true;
    }

    boolean isEmpty() {
        return head == tail;
    }

    private boolean isWhole() {
        return Integer.compareUnsigned(tail - head, SocketTable.SIZE) <= 0
                && Arrays.stream(numbers).allMatch(number -> number >= 0 && number < SocketTable.SIZE);
    }

    @Override
    public void save(StateWriter out) {
        out.int32(head);
        out.int32(tail);
        out.int32s(numbers);
    }

    @Override
    public void load(StateReader in) {
        clear();
        head = in.int32();
        tail = in.int32();
        in.int32s(numbers);
        if (!isWhole()) {
            throw new StateMismatch(
                    "saved state holds events of the socket device that there cannot be: it is damaged");
        }
        for (int count = head; count != tail; count++) {
            queued[numbers[place(count)]] = true;
        }
    }
}
