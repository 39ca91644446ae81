// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.Counter;
import picorn.netstack.context.Counters;
import picorn.netstack.context.MemoryBudget;

/** Flows by addresses and ports: open addressing with linear probing, never more than half full. */
final class FlowTable {
    private static final int SMALLEST = 8;
    private static final int SLOT = 4;

    private final MemoryBudget budget;
    private Flow[] slots = new Flow[SMALLEST];
    private final Counter flows;
    private final Counter lookups;
    private final Counter probes;

    FlowTable(MemoryBudget budget, Counters counters) {
        this.budget = budget;
        flows = counters.of("tcp.flows");
        lookups = counters.of("tcp.table-lookups");
        probes = counters.of("tcp.table-probes");
        budget.demand(SLOT * SMALLEST, "the table of TCP connections");
    }

    /** The flow with the addresses and ports of another, or that other itself if there is none. */
    Flow find(Flow like) {
        Flow found = slots[slotOf(like)];
        return found == null ? like : found;
    }

    /** Adds a flow, unless the budget has no room for it. */
    boolean add(Flow flow) {
        if (2 * (flows.value() + 1) > slots.length && !grow()) {
            return false;
        }
        flows.count();
        slots[slotOf(flow)] = flow;
        return true;
    }

    /** Puts a flow in the place of one with the same addresses and ports. */
    void replace(Flow flow) {
        slots[slotOf(flow)] = flow;
    }

    /** Takes a flow out, and moves up those that collided with it. */
    void remove(Flow flow) {
        int hole = slotOf(flow);
        int mask = slots.length - 1;
        flows.add(-1);
        slots[hole] = null;
        for (int at = hole + 1 & mask; slots[at] != null; at = at + 1 & mask) {
            int home = slots[at].hash & mask;
            if ((at - home & mask) >= (at - hole & mask)) {
                slots[hole] = slots[at];
                slots[at] = null;
                hole = at;
            }
        }
    }

    int capacity() {
        return slots.length;
    }

    /** The flow in a slot, or null. */
    Flow slot(int index) {
        return slots[index];
    }

    private boolean grow() {
        if (!budget.reserve((long) SLOT * slots.length)) {
            return false;
        }
        Flow[] old = slots;
        slots = new Flow[2 * old.length];
        for (Flow flow : old) {
            if (flow != null) {
                slots[slotOf(flow)] = flow;
            }
        }
        return true;
    }

    private int slotOf(Flow like) {
        int mask = slots.length - 1;
        int slot = like.hash & mask;
        lookups.count();
        probes.count();
        while (slots[slot] != null && (slots[slot].hash != like.hash || !slots[slot].isAddressedLike(like))) {
            slot = slot + 1 & mask;
            probes.count();
        }
        return slot;
    }
}
