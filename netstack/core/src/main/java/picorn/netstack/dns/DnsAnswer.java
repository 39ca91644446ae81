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
 */
record DnsAnswer(Optional<DnsFailure> failure, DnsName name, List<DnsRecord> records) {
    /** Aliases that lead from one to the next. */
    static final int LONGEST_CHAIN = 8;

    static DnsAnswer failed(DnsFailure failure, DnsName name) {
        return new DnsAnswer(Optional.of(failure), name, List.of());
    }

    static DnsAnswer of(DnsMessage message, DnsQuestion question) {
        DnsName name = question.name();
        for (int hop = 0; hop <= LONGEST_CHAIN; hop++) {
            List<DnsRecord> found = message.answers(name, question.type());
            List<DnsRecord> step = found.isEmpty() ? message.answers(name, DnsType.CNAME.code()) : found;
            if (step.isEmpty()) {
                return denial(message, question, name);
            }
            if (!found.isEmpty()) {
                return new DnsAnswer(Optional.empty(), name, found);
            }
            name = ((DnsData.Host) step.get(0).data()).name();
        }
        return failed(DnsFailure.ALIAS_CHAIN, name);
    }

    /** The chain ends at a name that has no such records, or of which the message tells nothing. */
    private static DnsAnswer denial(DnsMessage message, DnsQuestion question, DnsName name) {
        boolean denied = message.responseCode() != 0;
        if (message.zone().isEmpty() && !denied && !name.equals(question.name())) {
            return new DnsAnswer(Optional.empty(), name, List.of());
        }
        return failed(denied ? DnsFailure.NO_SUCH_NAME : DnsFailure.NO_DATA, name);
    }
}
