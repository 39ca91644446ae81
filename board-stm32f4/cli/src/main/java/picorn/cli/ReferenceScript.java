// SPDX-License-Identifier: MIT
package picorn.cli;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.dns.DnsName;
import picorn.netstack.dns.DnsQuery;
import picorn.netstack.dns.DnsType;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.icmp.IcmpDrop;
import picorn.netstack.link.Network;
import picorn.netstack.link.Wire;
import picorn.netstack.link.WireEnd;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpListener;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

/**
 * What the footprint of a configuration is measured with: two stacks of it on a wire, of which one is pinged, resolves the other by
 * ARP, has datagrams echoed, transfers octets over TCP both ways, and looks up a name. It runs in a class loader of its own,
 * so that nothing but JDK types crosses its border: the name of a configuration.
 */
public final class ReferenceScript {
    private static final long SECOND = 1_000_000_000L;
    private static final long PATIENCE = 600 * SECOND;
    private static final Ipv4Address CLIENT = new Ipv4Address(0x0A00_020F);
    private static final Ipv4Address SERVER = new Ipv4Address(0x0A00_0202);
    private static final int TRANSFER = 200_000;

    private final Wire wire = new Wire();
    private final Stack client;
    private final Stack server;
    private final Network network;
    private long now;

    private ReferenceScript(StackConfig config) {
        client = attach(config.seed(1), CLIENT, wire.a());
        server = attach(config.seed(2), SERVER, wire.b());
        network = new Network(wire, client, server);
    }

    /** Runs the script on a configuration; whoever loads it calls this by reflection. */
    public static void run(String configuration) {
        ReferenceScript script = new ReferenceScript(Configurations.named(configuration));
        script.ping();
        script.echo();
        script.transfer();
        script.lookUp();
    }

    private static Stack attach(StackConfig config, Ipv4Address address, WireEnd end) {
        Stack stack = new Stack(config);
        MacAddress mac = new MacAddress(0x0200_0000_0000L | address.bits() & 0xFFFF_FFFFL);
        EthernetConfig ethernet = new EthernetConfig("eth0", mac, new Ipv4Prefix(address, 24));
        EthernetInterface link = stack.attach(ethernet, end);
        end.connect(link);
        return stack;
    }

    private void until(String what, BooleanSupplier done) {
        long last = now + PATIENCE;
        while (!done.getAsBoolean()) {
            now = network.deadline();
            if (now > last) {
                throw new IllegalStateException(what + " does not come to an end");
            }
            network.poll(now);
        }
    }

    /** The server is pinged in the name of the client, to which its answer goes. */
    private void ping() {
        byte[] ping = new byte[98];
        ByteBuffer frame = ByteBuffer.wrap(ping);
        frame.putShort((short) 0x0200)
                .putInt(SERVER.bits())
                .putShort((short) 0x0200)
                .putInt(CLIENT.bits());
        frame.putShort((short) 0x0800)
                .putShort((short) 0x4500)
                .putShort((short) 84)
                .putInt(0)
                .putShort((short) 0x4001);
        frame.putShort((short) 0).putInt(CLIENT.bits()).putInt(SERVER.bits()).putShort((short) 0x0800);
        frame.putShort(24, checksum(frame, 14, 34));
        frame.putShort(36, checksum(frame, 34, 98));
        wire.a().receive(ping, 0, ping.length, now);
        until("ping", () -> client.dropped(IcmpDrop.REPLY_UNEXPECTED) == 1);
    }

    private static short checksum(ByteBuffer frame, int from, int to) {
        int sum = 0;
        for (int at = from; at < to; at += 2) {
            sum += frame.getShort(at) & 0xFFFF;
        }
        return (short) ~((sum & 0xFFFF) + (sum >>> 16));
    }

    private void echo() {
        UdpSocket service = serve(7, UdpDatagram::length);
        UdpSocket socket = client.udp().bind(2048);
        UdpDatagram datagram = new UdpDatagram(new byte[1000]).to(SERVER, 7).length(1000);
        socket.send(datagram);
        until("echo", () -> socket.receive(datagram));
        socket.close();
        service.close();
    }

    /** Answers each datagram to a port by what a method makes of it, which gives the answer's length. */
    private UdpSocket serve(int port, ToIntFunction<UdpDatagram> answer) {
        UdpSocket socket = server.udp().bind(port, 2048);
        UdpDatagram datagram = new UdpDatagram(new byte[1500]);
        socket.onReadable(() -> {
            while (socket.receive(datagram)) {
                socket.send(datagram.length(answer.applyAsInt(datagram)));
            }
        });
        return socket;
    }

    private void transfer() {
        TcpListener listener = server.tcp().listen(80, TcpConfig.DEFAULT);
        TcpSocket socket = client.tcp().connect(SERVER, 80, TcpConfig.DEFAULT);
        until("connection", listener::isReady);
        TcpSocket peer = listener.accept().orElseThrow();
        carry(socket, peer);
        carry(peer, socket);
        socket.close();
        peer.close();
        listener.close();
    }

    private void carry(TcpSocket from, TcpSocket to) {
        byte[] octets = new byte[4096];
        int[] left = {TRANSFER, TRANSFER};
        until("transfer", () -> {
            left[0] -= from.write(octets, 0, Math.min(octets.length, left[0]));
            left[1] -= Math.max(0, to.read(octets, 0, octets.length));
            return left[1] == 0;
        });
        from.shutdownOutput();
        until("end of transfer", () -> to.read(octets, 0, 1) < 0);
    }

    private void lookUp() {
        UdpSocket service = serve(53, ReferenceScript::answer);
        client.dns().servers(List.of(SERVER));
        DnsQuery query = client.dns().lookup(DnsName.parse("www.example.com"), DnsType.A);
        until("lookup", query::isDone);
        if (!query.addresses().equals(List.of(SERVER))) {
            throw new IllegalStateException("the lookup fails: " + query.failure());
        }
        query.close();
        service.close();
        client.dns().servers(List.of());
    }

    /** Makes an answer of a query, octet by octet: the question, and one record of type A with the server's address. */
    private static int answer(UdpDatagram datagram) {
        byte[] octets = datagram.buffer();
        octets[2] = (byte) 0x81;
        octets[7] = 1;
        octets[11] = 0;
        int end = 12;
        while (octets[end] != 0) {
            end += 1 + octets[end];
        }
        end += 5;
        byte[] found = {(byte) 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 0, 2, 2};
        System.arraycopy(found, 0, octets, end, found.length);
        return end + found.length;
    }
}
