// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picorn.netstack.context.Counter;
import picorn.netstack.context.MemoryBudget;
import picorn.netstack.context.StackContext;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** Messages of servers, kept for as long as they may be (RFC 1034, section 5.3.3; RFC 2308, section 5). */
final class DnsCache extends DnsMemory {
    private static final int LONGEST_LIFE = 86_400;
    private static final int LONGEST_DENIAL = 10_800;
    private static final int LONGEST_MESSAGE = 2048;
    private static final long SECOND = 1_000_000_000L;
    private static final int ENTRIES = 32;
    private static final int ENTRY_OCTETS = 128;
    private static final int SHARE_OF_BUDGET = 16;

    private record Entry(DnsQuestion question, byte[] message, long until) {
        int octets() {
            return ENTRY_OCTETS + question.name().wire().length + message.length;
        }
    }

    private final MemoryBudget budget;
    private final List<Entry> entries = new ArrayList<>();
    private final Counter remembered;
    private long octets;

    DnsCache(StackContext context) {
        budget = context.budget();
        remembered = context.counter("dns.remembered");
    }

    @Override
    Optional<DnsAnswer> find(DnsQuestion question, long now) {
        for (Entry entry : entries) {
            if (entry.question.equals(question) && now < entry.until) {
                return read(entry);
            }
        }
        return Optional.empty();
    }

    private static Optional<DnsAnswer> read(Entry entry) {
        try {
            return Optional.of(DnsAnswer.of(DnsMessage.parse(Octets.over(entry.message)), entry.question));
        } catch (Malformed e) {
            throw new IllegalStateException(e); // it has been read before
        }
    }

    @Override
    void add(DnsQuestion question, DnsMessage message, Octets octets, long now) {
        int lifetime = lifetime(message, question);
        if (lifetime > 0 && octets.length() <= LONGEST_MESSAGE) {
            add(new Entry(question, octets.toArray(), now + lifetime * SECOND));
        }
    }

    /** Seconds for which a message may be remembered: as long as all of its answers, or the denial (RFC 2308, section 5). */
    private static int lifetime(DnsMessage message, DnsQuestion question) {
        int lifetime = LONGEST_LIFE;
        for (DnsRecord record : message.answers()) {
            lifetime = Math.min(lifetime, record.lifetime());
        }
        Optional<DnsFailure> failure = DnsAnswer.of(message, question).failure();
        if (failure.isEmpty()) {
            return lifetime;
        }
        return failure.get() == DnsFailure.ALIAS_CHAIN ? 0 : Math.min(lifetime, denial(message));
    }

    private static int denial(DnsMessage message) {
        if (message.zone().isEmpty()) {
            return 0;
        }
        DnsRecord zone = message.zone().get();
        int minimum = ((DnsData.Zone) zone.data()).minimum();
        return Math.min(LONGEST_DENIAL, Math.min(zone.lifetime(), Math.max(minimum, 0)));
    }

    /** Keeps a message at the expense of those that would go first. */
    private void add(Entry entry) {
        entries.removeIf(each -> each.question.equals(entry.question) && release(each));
        while (!entries.isEmpty() && !hasRoomFor(entry)) {
            removeFirstToGo();
        }
        if (hasRoomFor(entry) && budget.reserve(entry.octets())) {
            octets += entry.octets();
            entries.add(entry);
            remembered.count();
        }
    }

    private boolean hasRoomFor(Entry entry) {
        return entries.size() < ENTRIES && octets + entry.octets() <= budget.limit() / SHARE_OF_BUDGET;
    }

    private void removeFirstToGo() {
        Entry first = entries.get(0);
        for (Entry entry : entries) {
            first = entry.until < first.until ? entry : first;
        }
        entries.remove(first);
        release(first);
    }

    private boolean release(Entry entry) {
        octets -= entry.octets();
        remembered.add(-1);
        budget.release(entry.octets());
        return true;
    }

    @Override
    void clear() {
        entries.removeIf(this::release);
    }
}
