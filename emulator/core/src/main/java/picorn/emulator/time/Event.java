// SPDX-License-Identifier: MIT
package picorn.emulator.time;

/** Something that happens at a virtual time; made once by {@link EventQueue#event} and armed as often as needed. */
public final class Event {
    private final EventQueue queue;
    private final Runnable action;
    final String name;
    final int order;
    long due = EventQueue.NEVER;
    int place = EventQueue.NOT_ARMED;

    Event(EventQueue queue, String name, int order, Runnable action) {
        this.queue = queue;
        this.name = name;
        this.order = order;
        this.action = action;
    }

    /** Arms it for {@code picoseconds} since reset, instead of the time it was armed for before; {@link EventQueue#NEVER} disarms. */
    public void at(long picoseconds) {
        queue.arm(this, picoseconds);
    }

    /** Disarms it. */
    public void cancel() {
        queue.arm(this, EventQueue.NEVER);
    }

    /** Whether it is going to happen. */
    public boolean armed() {
        return place != EventQueue.NOT_ARMED;
    }

    /** When it is going to happen, or {@link EventQueue#NEVER}. */
    public long due() {
        return due;
    }

    void happen() {
        action.run();
    }

    boolean before(Event other) {
        return due < other.due || due == other.due && order < other.order;
    }
}
