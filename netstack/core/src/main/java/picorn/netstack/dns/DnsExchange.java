// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picorn.netstack.address.IpAddress;
import picorn.netstack.ip.SendResult;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

/**
 * A question that is put to one server after the other, round after round (RFC 1034, section 5.3.1), from a port and under a
 * number that nobody can foretell (RFC 5452), and the lookups that wait for its answer.
 */
final class DnsExchange {
    /** The memory that an exchange takes beside its socket. */
    static final int OCTETS = 512;

    private static final int ROUNDS = 3;
    private static final long FIRST_TIMEOUT = 2_000_000_000L;

    private final DnsClient client;
    private final DnsQuestion question;
    private final List<IpAddress> servers;
    private final UdpSocket socket;
    private final int id;
    private final List<DnsQuery> waiting = new ArrayList<>();
    /** Whether a server does not know EDNS. */
    private boolean plain;

    private Optional<Runnable> stream = Optional.empty();
    private int tries;
    private int refusals;
    private DnsFailure reason = DnsFailure.TIMED_OUT;
    private long deadline;

    DnsExchange(DnsClient client, DnsQuestion question, List<IpAddress> servers, UdpSocket socket, int id) {
        this.client = client;
        this.question = question;
        this.servers = servers;
        this.socket = socket;
        this.id = id;
        socket.onReadable(this::receive);
        socket.onError(this::undelivered);
    }

    DnsQuestion question() {
        return question;
    }

    long deadline() {
        return deadline;
    }

    void join(DnsQuery query) {
        waiting.add(query);
    }

    /** Whether nobody waits any more, once a lookup no longer does. */
    boolean isDesertedBy(DnsQuery query) {
        return waiting.remove(query) && waiting.isEmpty();
    }

    /** Asks the server whose turn it is. */
    void ask() {
        deadline = client.now() + (FIRST_TIMEOUT << tries / servers.size());
        UdpDatagram out = client.datagram();
        int length = emit(Octets.over(out.buffer()));
        if (socket.send(out.to(server(), DnsMessage.PORT).length(length)) == SendResult.NO_ROUTE) {
            refused(DnsFailure.UNREACHABLE);
        }
    }

    /** Writes the question; the result is its length. */
    int emit(Octets out) {
        client.countQuery();
        int length = question.ask(out, id);
        return plain ? length : DnsQuestion.offerEdns(out, length);
    }

    private IpAddress server() {
        return servers.get(tries % servers.size());
    }

    /** The server whose turn it is has not answered in time. */
    void expire() {
        closeStream();
        tries++;
        askOrGiveUp();
    }

    /** The server has no answer; one whole round of that, and there will not be any. */
    void refused(DnsFailure why) {
        closeStream();
        reason = why;
        refusals++;
        tries++;
        askOrGiveUp();
    }

    private void askOrGiveUp() {
        if (tries < ROUNDS * servers.size() && refusals < servers.size()) {
            ask();
        } else {
            client.end(this, DnsAnswer.failed(reason, question.name()));
        }
    }

    /** A router or the host tells that the question did not reach the server. */
    private void undelivered() {
        if (socket.takeError().filter(error -> error.peer().equals(server())).isPresent() && stream.isEmpty()) {
            refused(DnsFailure.UNREACHABLE);
        }
    }

    /** Lets those who wait know; the exchange is over. */
    void end(DnsAnswer answer) {
        for (DnsQuery query : List.copyOf(waiting)) {
            client.conclude(query, answer);
        }
    }

    void close() {
        closeStream();
        socket.close();
    }

    private void closeStream() {
        stream.ifPresent(Runnable::run);
        stream = Optional.empty();
    }

    private void receive() {
        UdpDatagram in = client.datagram();
        while (client.isUnderWay(this) && socket.receive(in)) {
            Octets octets = new Octets().aim(in.buffer(), 0, in.length());
            try {
                if (in.port() != DnsMessage.PORT || !servers.contains(in.peer()) || stream.isPresent()) {
                    throw DnsDrop.UNEXPECTED.malformed();
                }
                receive(octets, in.peer());
            } catch (Malformed e) {
                client.countDrop(e.drop());
            }
        }
    }

    /** An answer that came over TCP. */
    void streamed(Octets octets) {
        try {
            receive(octets, server());
        } catch (Malformed e) {
            client.countDrop(e.drop());
            refused(DnsFailure.SERVER_FAILED);
        }
    }

    private void receive(Octets octets, IpAddress from) throws Malformed {
        DnsMessage message = DnsMessage.parse(octets);
        if (!message.answers(id, question)) {
            throw DnsDrop.UNEXPECTED.malformed();
        }
        switch (message.responseCode()) {
            case DnsMessage.NO_ERROR, DnsMessage.NAME_ERROR -> answered(message, octets, from);
            case DnsMessage.FORMAT_ERROR, DnsMessage.NOT_IMPLEMENTED -> notUnderstood();
            case DnsMessage.REFUSED -> refused(DnsFailure.REFUSED);
            default -> refused(DnsFailure.SERVER_FAILED);
        }
    }

    private void answered(DnsMessage message, Octets octets, IpAddress from) {
        if (message.isTruncated() && stream.isEmpty()) {
            client.fallback().ask(this, from);
            return;
        }
        client.memory().add(question, message, octets, client.now());
        client.end(this, DnsAnswer.of(message, question));
    }

    /** The answer is to come over TCP, by a time, unless that is closed. */
    void awaitStream(Runnable close, long until) {
        stream = Optional.of(close);
        deadline = until;
    }

    private void notUnderstood() {
        if (plain) {
            refused(DnsFailure.SERVER_FAILED);
        } else {
            plain = true;
            ask();
        }
    }
}
