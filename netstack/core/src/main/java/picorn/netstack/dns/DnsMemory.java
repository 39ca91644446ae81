// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import java.util.Optional;
import picorn.netstack.octets.Octets;

/** Remembers what servers have told; this one nothing. */
class DnsMemory {
    /** What is known of a question. */
    Optional<DnsAnswer> find(DnsQuestion question, long now) {
        return Optional.empty();
    }

    /** Takes note of an answer and of the message that it was read from. */
    void add(DnsQuestion question, DnsMessage message, Octets octets, long now) {}

    /** Forgets everything. */
    void clear() {}
}
