// SPDX-License-Identifier: MIT
package picorn.netstack.link;

import java.util.List;
import picorn.netstack.context.Timed;

/**
 * Wires and stacks driven together, each thing at the time it is due, so that the outcome does not depend on how often one
 * polls.
 */
public final class Network implements Timed {
    private final Timed[] parts;

    /**
     * A network.
     *
     * @param parts what is driven; of things due at the same time the first goes first
     */
    public Network(Timed... parts) {
        this.parts = List.of(parts).toArray(Timed[]::new);
    }

    @Override
    public long deadline() {
        long deadline = NEVER;
        for (Timed part : parts) {
            deadline = Math.min(deadline, part.deadline());
        }
        return deadline;
    }

    @Override
    public long poll(long now) {
        for (long due = deadline(); due < now; due = deadline()) {
            pollAll(due);
        }
        do {
            pollAll(now);
        } while (deadline() <= now && now != NEVER);
        return deadline();
    }

    private void pollAll(long now) {
        for (Timed part : parts) {
            part.poll(now);
        }
    }
}
