// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.util.ArrayDeque;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.tcp.TcpState;

/** The guest's end of a TCP connection, on the stack's thread: the counterpart of {@link HostConnection}. */
final class GuestConnection {
    private static final int CHUNK = 16 * 1024;
    private static final byte[] NONE = {};

    private final int flow;
    private final TcpSocket socket;
    private final HostGateway gateway;
    /** What the host has sent and the guest has no room for yet. */
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();

    private int sentOfFirst;
    /** Octets that the host's side takes. */
    private int credit;

    private boolean hostEnded;
    private boolean outputEnded;
    private boolean guestEnded;
    private boolean over;

    GuestConnection(int flow, TcpSocket socket, HostGateway gateway) {
        this.flow = flow;
        this.socket = socket;
        this.gateway = gateway;
        credit = HostConnection.window(gateway.flows());
        socket.onReady(this::proceed);
    }

    void octets(byte[] octets) {
        waiting.add(octets);
        proceed();
    }

    void credit(int octets) {
        credit += octets;
        proceed();
    }

    void hostEnded() {
        hostEnded = true;
        proceed();
    }

    /** The host's side has failed, or is to be left. */
    void reset() {
        over = true;
        socket.abort();
    }

    /** Does what can be done. */
    void proceed() {
        if (over) {
            return;
        }
        if (socket.failure().isPresent()) {
            over = true;
            socket.close();
            gateway.guestReset(flow);
        } else if (socket.state().compareTo(TcpState.SYN_RECEIVED) > 0) {
            toGuest();
            toHost();
            finish();
        }
    }

    private void toGuest() {
        int passed = 0;
        while (!waiting.isEmpty()) {
            byte[] first = waiting.peek();
            int written = socket.write(first, sentOfFirst, first.length - sentOfFirst);
            passed += written;
            sentOfFirst += written;
            if (sentOfFirst < first.length) {
                break;
            }
            sentOfFirst = 0;
            waiting.remove();
        }
        if (passed > 0) {
            gateway.order(Message.of(Message.Kind.CREDIT, flow, passed));
        }
        if (hostEnded && !outputEnded && waiting.isEmpty()) {
            outputEnded = true;
            socket.shutdownOutput();
        }
    }

    private void toHost() {
        int length = length();
        while (length > 0) {
            byte[] octets = new byte[length];
            credit -= socket.read(octets, 0, length);
            gateway.order(new Message(Message.Kind.OCTETS, flow, octets));
            length = length();
        }
        if (!guestEnded && socket.readable() == 0 && socket.peek(NONE, 0, 0) < 0) {
            guestEnded = true;
            gateway.order(Message.of(Message.Kind.END, flow));
        }
    }

    private int length() {
        return Math.min(CHUNK, Math.min(credit, socket.readable()));
    }

    private void finish() {
        if (guestEnded && outputEnded) {
            over = true;
            socket.close();
            gateway.forget(flow);
        }
    }
}
