// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picorn.netstack.address.IpAddress;

/**
 * A lookup of a name, under way or done.
 *
 * <pre>{@code
 * DnsQuery query = stack.dns().lookup(DnsName.parse("example.com"), DnsType.A);
 * query.onDone(() -> {
 *     if (query.failure().isEmpty()) {
 *         connect(query.addresses().get(0));
 *     }
 *     query.close();
 * });
 * }</pre>
 */
public final class DnsQuery implements AutoCloseable {
    /** The memory that a lookup takes until it is closed; its records belong to the caller. */
    static final int OCTETS = 128;

    private final DnsClient client;
    private final DnsName name;
    private final DnsType type;
    private int drawn;
    private int aliases;
    private Optional<DnsAnswer> answer = Optional.empty();
    private Runnable done = () -> {};

    DnsQuery(DnsClient client, DnsName name, DnsType type, int drawn) {
        this.client = client;
        this.name = name;
        this.type = type;
        this.drawn = drawn;
    }

    /**
     * Says what is to be done when the lookup is done; if it is already, that is done at once.
     *
     * @param done called once; it may call any method of the stack's sockets
     */
    public void onDone(Runnable done) {
        this.done = done;
        if (isDone()) {
            done.run();
        }
    }

    /**
     * Whether the lookup is done, for better or worse.
     *
     * @return true when there are records or a failure
     */
    public boolean isDone() {
        return answer.isPresent();
    }

    /**
     * Why there are no records.
     *
     * @return nothing while the lookup is under way, or if there are some
     */
    public Optional<DnsFailure> failure() {
        return answer.flatMap(DnsAnswer::failure);
    }

    /**
     * The records that were found, all of the type that was asked for.
     *
     * @return in the server's order; none while the lookup is under way
     */
    public List<DnsRecord> records() {
        return answer.map(DnsAnswer::records).orElse(List.of());
    }

    /**
     * The addresses among the records.
     *
     * @return in the server's order
     */
    public List<IpAddress> addresses() {
        List<IpAddress> addresses = new ArrayList<>();
        for (DnsRecord record : records()) {
            if (record.data() instanceof DnsData.Ipv4 found) {
                addresses.add(found.address());
            }
        }
        return addresses;
    }

    /**
     * The name that has the records.
     *
     * @return what the name asked for stands for, as far as that is known
     */
    public DnsName canonicalName() {
        return answer.map(DnsAnswer::name).orElse(name);
    }

    DnsType type() {
        return type;
    }

    /** Counts one more message that leads to a further name; false when there have been too many. */
    boolean follow() {
        return ++aliases <= DnsAnswer.LONGEST_CHAIN;
    }

    void finish(DnsAnswer answer) {
        if (!isDone()) {
            this.answer = Optional.of(answer);
            done.run();
        }
    }

    /** Gives up the lookup, if it is under way, and gives its memory back. */
    @Override
    public void close() {
        if (!isDone()) {
            answer = Optional.of(DnsAnswer.failed(DnsFailure.CLOSED, name));
            client.forget(this);
        }
        client.release(drawn);
        drawn = 0;
    }
}
