// SPDX-License-Identifier: MIT
package picorn.emulator.replay;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/** Inputs in memory, numbered from the first that ever was; old ones can be dropped. */
public final class InputLog implements InputSink {
    /** What an input takes beside its octets, about. */
    private static final int OVERHEAD = 64;

    private static final Set<Channel> CHANNELS = Set.of(Channel.SERIAL, Channel.ARRIVAL);

    private final ArrayDeque<HostInput> inputs = new ArrayDeque<>();
    private long dropped;
    private long octets;

    @Override
    public Set<Channel> channels() {
        return CHANNELS;
    }

    @Override
    public void add(HostInput input) {
        inputs.add(input);
        octets += OVERHEAD + input.octets().length;
    }

    /** The number that the next input will have. */
    public long end() {
        return dropped + inputs.size();
    }

    /** The memory that it takes. */
    public long octets() {
        return octets;
    }

    /** Drops the inputs before number {@code first}. */
    public void dropBefore(long first) {
        while (dropped < first && !inputs.isEmpty()) {
            octets -= OVERHEAD + inputs.remove().octets().length;
            dropped++;
        }
    }

    /** The inputs from number {@code first} on, as long as none is added. */
    public InputSource from(long first) {
        Iterator<HostInput> iterator = inputs.iterator();
        for (long skipped = dropped; skipped < first && iterator.hasNext(); skipped++) {
            iterator.next();
        }
        return () -> iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
    }
}
