// SPDX-License-Identifier: MIT
package picorn.emulator.time;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateMismatch;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** The events of a machine, as a binary heap over {@link Event}s made beforehand: arming and firing allocate nothing. */
public final class EventQueue implements Saved {
    /** A time that does not come. */
    public static final long NEVER = Long.MAX_VALUE;

    static final int NOT_ARMED = -1;

    /** Told when the earliest deadline moves forward, so that a running slice can be shortened. */
    public interface Earlier {
        /** The next event is now due at {@code picoseconds}. */
        void nextIsDueAt(long picoseconds);
    }

    private final List<Event> events = new ArrayList<>();
    private Event[] heap = new Event[16];
    private int size;
    private Earlier earlier = due -> {};

    /** Who is told of a nearer deadline. */
    public void onEarlier(Earlier listener) {
        earlier = listener;
    }

    /** Makes an event. Of events due at the same time the one made first happens first. */
    public Event event(String name, Runnable action) {
        if (events.stream().anyMatch(e -> e.name.equals(name))) {
            throw new IllegalArgumentException("two events are called " + name);
        }
        Event event = new Event(this, name, events.size(), action);
        events.add(event);
        if (heap.length < events.size()) {
            heap = Arrays.copyOf(heap, 2 * heap.length);
        }
        return event;
    }

    /** When the next event is due, or {@link #NEVER}. */
    public long next() {
        return size == 0 ? NEVER : heap[0].due;
    }

    /** Lets everything happen that is due at {@code now} or before, including what is armed for then meanwhile. */
    public void runDue(long now) {
        while (size > 0 && heap[0].due <= now) {
            Event event = heap[0];
            arm(event, NEVER);
            event.happen();
        }
    }

    void arm(Event event, long due) {
        long nextBefore = next();
        remove(event);
        event.due = due;
        if (due != NEVER) {
            event.place = size;
            heap[size++] = event;
            siftUp(event.place);
        }
        if (next() < nextBefore) {
            earlier.nextIsDueAt(next());
        }
    }

    private void remove(Event event) {
        int place = event.place;
        if (place == NOT_ARMED) {
            return;
        }
        event.place = NOT_ARMED;
        Event last = heap[--size];
        heap[size] = null;
        if (last != event) {
            put(last, place);
            siftUp(place);
            siftDown(last.place);
        }
    }

    private void siftUp(int from) {
        int place = from;
        while (place > 0 && heap[place].before(heap[(place - 1) / 2])) {
            swap(place, (place - 1) / 2);
            place = (place - 1) / 2;
        }
    }

    private void siftDown(int from) {
        int place = from;
        while (true) {
            int least = least(least(place, 2 * place + 1), 2 * place + 2);
            if (least == place) {
                return;
            }
            swap(place, least);
            place = least;
        }
    }

    private int least(int a, int b) {
        return b < size && heap[b].before(heap[a]) ? b : a;
    }

    private void swap(int a, int b) {
        Event atA = heap[a];
        put(heap[b], a);
        put(atA, b);
    }

    private void put(Event event, int place) {
        heap[place] = event;
        event.place = place;
    }

    @Override
    public void save(StateWriter out) {
        out.int32(events.size());
        for (Event event : events) {
            out.text(event.name);
            out.int64(event.due);
        }
    }

    @Override
    public void load(StateReader in) {
        int count = in.int32();
        for (int i = 0; i < count; i++) {
            load(in.text(), in.int64());
        }
    }

    /** An event that another sort of host made, and that waits for nothing, may be missing. */
    private void load(String name, long due) {
        Optional<Event> event = events.stream().filter(e -> e.name.equals(name)).findFirst();
        if (event.isEmpty() && due != NEVER) {
            throw new StateMismatch("saved state has an event '%s' that this machine lacks".formatted(name));
        }
        event.ifPresent(found -> arm(found, due));
    }
}
