// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;

/**
 * Questions of one of the guest's ports to this host's DNS servers: to the one that answers of late, and on to the next if it says by
 * ICMP, or by SERVFAIL or REFUSED (RFC 1035, section 4.1.1), that it does not.
 */
final class HostQueries implements HostFlow {
    private static final int FLAGS = 3;
    private static final int RCODE = 0xF;
    private static final int SERVFAIL = 2;
    private static final int REFUSED = 5;

    private final int flow;
    private final HostSockets sockets;
    private final Nameservers servers;
    private final Selector selector;
    /** By the number of the server; opened when it is asked. */
    private final Map<Integer, DatagramChannel> channels = new HashMap<>();

    private byte[] question = {};
    private int asked;
    private int tried;

    HostQueries(Nameservers servers, int flow, HostSockets sockets, Selector selector) {
        this.selector = selector;
        this.flow = flow;
        this.sockets = sockets;
        this.servers = servers;
    }

    @Override
    public int number() {
        return flow;
    }

    @Override
    public void take(Message order) {
        question = order.octets();
        tried = 0;
        ask(servers.choose());
    }

    private void ask(int server) {
        asked = server;
        tried++;
        servers.asked(server);
        try {
            channel(server).write(ByteBuffer.wrap(question));
        } catch (IOException e) {
            askNext(server);
        }
    }

    private DatagramChannel channel(int server) throws IOException {
        DatagramChannel open = channels.get(server);
        if (open != null) {
            return open;
        }
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.connect(servers.at(server));
            channel.register(selector, SelectionKey.OP_READ, this);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channels.put(server, channel);
        return channel;
    }

    /** Unless it has been asked already, or all have. */
    private void askNext(int server) {
        servers.failed(server);
        if (server == asked && tried < servers.count()) {
            ask((server + 1) % servers.count());
        }
    }

    @Override
    public void ready() throws InterruptedException {
        for (int server = 0; server < servers.count(); server++) {
            if (channels.containsKey(server)) {
                read(server, channels.get(server));
            }
        }
    }

    private void read(int server, DatagramChannel channel) throws InterruptedException {
        ByteBuffer datagram = sockets.scratch().clear();
        try {
            if (!channel.isOpen() || channel.read(datagram) <= 0) {
                return;
            }
        } catch (IOException e) {
            askNext(server);
            return;
        }
        byte[] answer = new byte[datagram.flip().remaining()];
        datagram.get(answer);
        int code = answer.length > FLAGS ? answer[FLAGS] & RCODE : SERVFAIL;
        if ((code == SERVFAIL || code == REFUSED) && tried < servers.count()) {
            askNext(server);
        } else {
            servers.answered(server);
            sockets.post(new Message(Message.Kind.DATAGRAM, flow, answer));
        }
    }

    @Override
    public void close() throws IOException {
        for (DatagramChannel channel : channels.values()) {
            channel.close();
        }
    }
}
