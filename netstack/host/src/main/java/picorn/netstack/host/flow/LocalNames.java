// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picorn.netstack.dns.DnsData;
import picorn.netstack.dns.DnsMessage;
import picorn.netstack.dns.DnsName;
import picorn.netstack.dns.DnsQuestion;
import picorn.netstack.dns.DnsRecord;
import picorn.netstack.dns.DnsType;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.service.UserGateway;

/** Answers questions for the names {@code gateway} and {@code host} (RFC 1035, section 4.1): they are the gateway's. */
final class LocalNames {
    private static final Set<DnsName> NAMES = Set.of(DnsName.parse("gateway"), DnsName.parse("host"));
    private static final int SECONDS = 60;
    private static final int LONGEST = 512;

    private LocalNames() {}

    /** The answer to a query, if it asks for one of these names. */
    static Optional<byte[]> answer(byte[] query) {
        try {
            DnsMessage asked = DnsMessage.parse(Octets.over(query));
            boolean local = asked.questions().size() == 1
                    && (asked.flags() & (DnsMessage.RESPONSE | DnsMessage.OPCODE)) == 0
                    && NAMES.contains(asked.questions().get(0).name());
            return local ? Optional.of(emit(answer(asked))) : Optional.empty();
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    private static DnsMessage answer(DnsMessage asked) {
        DnsQuestion question = asked.questions().get(0);
        boolean address = question.type() == DnsType.A.code() && question.space() == DnsRecord.INTERNET;
        List<DnsRecord> answers = address ? List.of(record(question.name())) : List.of();
        int flags = DnsMessage.RESPONSE | DnsMessage.AUTHORITATIVE | asked.flags() & DnsMessage.RECURSION_DESIRED;
        return new DnsMessage(asked.id(), flags, List.of(question), answers, List.of(), List.of());
    }

    private static DnsRecord record(DnsName name) {
        return new DnsRecord(
                name, DnsType.A.code(), DnsRecord.INTERNET, SECONDS, new DnsData.Ipv4(UserGateway.ADDRESS.address()));
    }

    private static byte[] emit(DnsMessage message) {
        byte[] octets = new byte[LONGEST];
        return Arrays.copyOf(octets, message.emit(Octets.over(octets)));
    }
}
