// SPDX-License-Identifier: MIT
package picorn.emulator.debug;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Snapshots in the order of time, a bounded number and, together, of a bounded size; the further back, the fewer. */
final class Snapshots {
    private final int most;
    private final long octets;
    private final List<Snapshot> all = new ArrayList<>();
    /** At least what they take. */
    private long estimate;

    Snapshots(int most, long octets) {
        this.most = Math.max(2, most);
        this.octets = octets;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    Snapshot get(int i) {
        return all.get(i);
    }

    Snapshot last() {
        return all.get(all.size() - 1);
    }

    void clear() {
        all.clear();
        estimate = 0;
    }

    void dropAllButLast() {
        all.subList(0, all.size() - 1).clear();
    }

    /** The last one before {@code moment}. */
    OptionalInt before(Moment moment) {
        int i = all.size() - 1;
        while (i >= 0 && !all.get(i).moment().isBefore(moment)) {
            i--;
        }
        return i < 0 ? OptionalInt.empty() : OptionalInt.of(i);
    }

    /** Takes a snapshot of a machine, in its place among the others, and drops others if need be; its own index is the result. */
    int take(Rewindable machine, long inputs) {
        Moment moment = Moment.of(machine.machine());
        OptionalInt before = before(moment);
        MemoryImage memory = before.isPresent()
                ? MemoryImage.of(machine.memories(), all.get(before.getAsInt()).memory())
                : MemoryImage.of(machine.memories());
        Snapshot snapshot = Snapshot.of(machine, memory, inputs);
        all.add(before.isPresent() ? before.getAsInt() + 1 : 0, snapshot);
        estimate += memory.own() + snapshot.rest().length;
        thinOut(snapshot);
        return all.indexOf(snapshot);
    }

    private void thinOut(Snapshot keep) {
        if (all.size() > most) {
            all.remove(leastMissed(keep));
        }
        if (estimate > octets) {
            estimate = exact();
            while (estimate > octets && all.size() > 2 && all.get(0) != keep) {
                all.remove(0);
                estimate = exact();
            }
        }
    }

    private long exact() {
        return MemoryImage.octets(all.stream().map(Snapshot::memory).toList())
                + all.stream().mapToLong(snapshot -> snapshot.rest().length).sum();
    }

    /** Neither the first nor the last: the one whose neighbours are nearest to each other for how long ago it is. */
    private int leastMissed(Snapshot keep) {
        long end = last().moment().cycles();
        int least = 1;
        double leastLoss = Double.MAX_VALUE;
        for (int i = 1; i < all.size() - 1; i++) {
            double gap =
                    all.get(i + 1).moment().cycles() - all.get(i - 1).moment().cycles();
            double loss = gap / (1 + end - all.get(i).moment().cycles());
            if (loss < leastLoss && all.get(i) != keep) {
                least = i;
                leastLoss = loss;
            }
        }
        return least;
    }
}
