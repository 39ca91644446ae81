// SPDX-License-Identifier: MIT
package picorn.netstack.dhcp;

import java.util.Optional;
import java.util.function.Consumer;
import picorn.netstack.context.Report;
import picorn.netstack.context.Reported;
import picorn.netstack.context.Timed;
import picorn.netstack.octets.Malformed;

/** DHCP client of an interface that has its address by other means, and asks for the rest (RFC 2131, sections 3.4 and 4.4.3). */
public final class DhcpInform implements Timed, Reported {
    /** Where it stands. */
    public enum State {
        /** It does not ask. */
        STOPPED,
        /** It has asked. */
        ASKING,
        /** It has been told. */
        INFORMED,
        /** Nobody has told it in four tries, about a minute. */
        UNANSWERED
    }

    private static final int TRIES = 4;

    private final DhcpPort port;
    private final DhcpRequests requests;
    private final DhcpExchange exchange;
    private final Consumer<DhcpSettings> told;
    private State state = State.STOPPED;
    private Optional<DhcpSettings> settings = Optional.empty();
    private long deadline = NEVER;

    /**
     * A client that does not ask yet.
     *
     * @param port how servers are asked
     * @param told called with what a server says, once after each start
     */
    public DhcpInform(DhcpPort port, Consumer<DhcpSettings> told) {
        this.port = port;
        this.told = told;
        requests = new DhcpRequests(port.mac());
        exchange = new DhcpExchange(port.context());
        port.listener(this::received);
    }

    /**
     * Asks; what was told before is forgotten.
     *
     * @throws IllegalStateException if the interface has no address
     */
    public void start() {
        if (port.link().addresses().isEmpty()) {
            throw new IllegalStateException(port.link().name()
                    + " has no address to be informed at; add one first, or let a DhcpClient get one");
        }
        settings = Optional.empty();
        state = State.ASKING;
        exchange.begin();
        ask();
    }

    /** Asks no longer. */
    public void stop() {
        settings = Optional.empty();
        enter(State.STOPPED);
    }

    /**
     * Where it stands.
     *
     * @return the state
     */
    public State state() {
        return state;
    }

    /**
     * What it has been told.
     *
     * @return nothing before
     */
    public Optional<DhcpSettings> settings() {
        return settings;
    }

    private void enter(State next) {
        state = next;
        deadline = NEVER;
    }

    private void ask() {
        exchange.count();
        exchange.asked();
        port.broadcast(requests.inform(
                exchange.xid(), exchange.secs(), port.link().ipv4().address()));
        deadline = exchange.askedAt() + exchange.patience();
    }

    @Override
    public long deadline() {
        return deadline;
    }

    @Override
    public long poll(long now) {
        if (deadline <= now && exchange.tries() < TRIES) {
            ask();
        } else if (deadline <= now) {
            enter(State.UNANSWERED);
        }
        return deadline;
    }

    private void received(DhcpMessage message) throws Malformed {
        if (state != State.ASKING
                || message.xid() != exchange.xid()
                || !message.type().equals(Optional.of(DhcpMessageType.ACK))) {
            throw DhcpDrop.IGNORED.malformed();
        }
        enter(State.INFORMED);
        DhcpSettings said = DhcpSettings.of(message.options());
        settings = Optional.of(said);
        told.accept(said);
    }

    @Override
    public void report(Report report) {
        report.add("dhcp.sent", port.sent()).add("dhcp.informed", state == State.INFORMED ? 1 : 0);
    }
}
