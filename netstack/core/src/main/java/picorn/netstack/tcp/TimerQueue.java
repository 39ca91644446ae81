// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.MemoryBudget;
import picorn.netstack.context.Timed;

/**
 * Flows by deadline, in a binary heap. A deadline that moves away costs nothing until the flow comes to the top: most timers
 * are put off again and again and never expire.
 */
final class TimerQueue {
    private static final int SMALLEST = 8;
    private static final int SLOT = 4;

    private final MemoryBudget budget;
    private Flow[] heap = new Flow[SMALLEST];
    private int size;

    TimerQueue(MemoryBudget budget) {
        this.budget = budget;
        budget.demand(SLOT * SMALLEST, "the queue of TCP timers");
    }

    /** Adds a flow, unless the budget has no room for it. */
    boolean add(Flow flow) {
        if (size == heap.length && !grow()) {
            return false;
        }
        flow.wakeAt = flow.deadline();
        flow.timerIndex = size++;
        heap[flow.timerIndex] = flow;
        up(flow);
        return true;
    }

    void remove(Flow flow) {
        int hole = flow.timerIndex;
        Flow last = heap[--size];
        heap[size] = null;
        flow.timerIndex = Flow.NOT_QUEUED;
        if (last != flow) {
            place(last, hole);
            up(last);
            down(last);
        }
    }

    /** Takes note of a deadline that may have come nearer. */
    void update(Flow flow) {
        long deadline = flow.deadline();
        if (deadline < flow.wakeAt && flow.timerIndex != Flow.NOT_QUEUED) {
            flow.wakeAt = deadline;
            up(flow);
        }
    }

    /** When the first flow is to be woken. */
    long deadline() {
        return size == 0 ? Timed.NEVER : first().wakeAt;
    }

    /** The flow that is to be woken first, of those that are there. */
    Flow first() {
        Flow top = heap[0];
        while (top.deadline() > top.wakeAt) {
            top.wakeAt = top.deadline();
            down(top);
            top = heap[0];
        }
        return top;
    }

    private boolean grow() {
        if (!budget.reserve((long) SLOT * heap.length)) {
            return false;
        }
        heap = java.util.Arrays.copyOf(heap, 2 * heap.length);
        return true;
    }

    private void place(Flow flow, int index) {
        heap[index] = flow;
        flow.timerIndex = index;
    }

    private void up(Flow flow) {
        int at = flow.timerIndex;
        while (at > 0 && heap[at - 1 >> 1].wakeAt > flow.wakeAt) {
            place(heap[at - 1 >> 1], at);
            at = at - 1 >> 1;
        }
        place(flow, at);
    }

    private void down(Flow flow) {
        int at = flow.timerIndex;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && heap[child + 1].wakeAt < heap[child].wakeAt) {
                child++;
            }
            if (heap[child].wakeAt >= flow.wakeAt) {
                break;
            }
            place(heap[child], at);
            at = child;
        }
        place(flow, at);
    }
}
