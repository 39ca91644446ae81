// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.util.Arrays;
import picorn.emulator.state.Saved;
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

    @Override
    public void save(StateWriter out) {
        out.int32(head);
        out.int32(tail);
        out.int32s(numbers);
    }

    @Override
    public void load(StateReader in) {
        clear();
        int from = in.int32();
        int to = in.int32();
        in.int32s(numbers);
        head = from;
        tail = to;
        for (int count = from; count != to && count - from < SocketTable.SIZE; count++) {
            queued[Math.floorMod(numbers[place(count)], SocketTable.SIZE)] = true;
        }
    }
}
