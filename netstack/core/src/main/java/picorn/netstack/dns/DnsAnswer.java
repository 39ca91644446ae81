// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import java.util.List;
import java.util.Optional;

/**
 * What a server's message tells of a question, aliases followed (RFC 1034, section 3.6.2; RFC 2308).
 *
 * @param failure why there are no records
 * @param name what the name that was asked for stands for, as far as the message tells
 * @param records those asked for; none, and no failure, if one has to ask for {@code name} to get them
 * @param lifetime seconds for which it may be remembered
 */
record DnsAnswer(Optional<DnsFailure> failure, DnsName name, List<DnsRecord> records, int lifetime) {
    /** Aliases that lead from one to the next. */
    static final int LONGEST_CHAIN = 8;

    private static final int LONGEST_LIFE = 86_400;
    private static final int LONGEST_DENIAL = 10_800;

    static DnsAnswer failed(DnsFailure failure, DnsName name, int lifetime) {
        return new DnsAnswer(Optional.of(failure), name, List.of(), lifetime);
    }

    static DnsAnswer of(DnsMessage message, DnsQuestion question) {
        DnsName name = question.name();
        int lifetime = LONGEST_LIFE;
        for (int hop = 0; hop <= LONGEST_CHAIN; hop++) {
            List<DnsRecord> found = message.answers(name, question.type());
            List<DnsRecord> step = found.isEmpty() ? message.answers(name, DnsType.CNAME.code()) : found;
            if (step.isEmpty()) {
                return denial(message, question, name, lifetime);
            }
            for (DnsRecord record : step) {
                lifetime = Math.min(lifetime, record.lifetime());
            }
            if (!found.isEmpty()) {
                return new DnsAnswer(Optional.empty(), name, found, lifetime);
            }
            name = ((DnsData.Host) step.get(0).data()).name();
        }
        return failed(DnsFailure.ALIAS_CHAIN, name, 0);
    }

    /** The chain ends at a name that has no such records, or of which the message tells nothing. */
    private static DnsAnswer denial(DnsMessage message, DnsQuestion question, DnsName name, int lifetime) {
        Optional<DnsRecord> zone = message.zone();
        if (zone.isEmpty() && message.responseCode() == 0 && !name.equals(question.name())) {
            return new DnsAnswer(Optional.empty(), name, List.of(), lifetime);
        }
        int life = zone.isEmpty() ? 0 : Math.min(lifetime, lifetimeOfDenial(zone.get()));
        return failed(message.responseCode() == 0 ? DnsFailure.NO_DATA : DnsFailure.NO_SUCH_NAME, name, life);
    }

    private static int lifetimeOfDenial(DnsRecord zone) {
        int minimum = ((DnsData.Zone) zone.data()).minimum();
        return Math.min(LONGEST_DENIAL, Math.min(zone.lifetime(), Math.max(minimum, 0)));
    }
}
