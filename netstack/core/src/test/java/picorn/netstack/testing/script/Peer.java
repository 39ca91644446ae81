// SPDX-License-Identifier: MIT
package picorn.netstack.testing.script;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.arp.ArpPacket;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Recorder;
import picorn.netstack.testing.Station;

/** The neighbour of a stack under test: holds its clock, gives it packets, and takes what it sends. */
public final class Peer {
    private final Stack stack;
    private final EthernetInterface link;
    private final Recorder recorder = new Recorder();
    private final Deque<Sent> unread = new ArrayDeque<>();
    private boolean answersArp = true;
    private long now;

    public Peer(StackConfig config) {
        stack = new Stack(config);
        link = stack.attach(new EthernetConfig("eth0", Station.OUR_MAC, new Ipv4Prefix(Station.US, 24)), recorder);
        advance(5_000_000_000L);
        give(Frames.ethernet(
                Station.OUR_MAC,
                Station.PEER_MAC,
                EthernetHeader.ARP,
                Frames.arp(ArpPacket.REQUEST, Station.PEER_MAC, Station.PEER, Station.NOBODY, Station.US)));
        unread.clear();
    }

    public Stack stack() {
        return stack;
    }

    public long now() {
        return now;
    }

    /** From now on scripts see ARP. */
    public void showArp() {
        answersArp = false;
    }

    public void give(byte[] frame) {
        link.receive(frame, 0, frame.length, now);
        collect();
    }

    public void giveIp(byte[] packet) {
        give(Frames.ethernet(Station.OUR_MAC, Station.PEER_MAC, EthernetHeader.IPV4, packet));
    }

    /** What the stack has sent and nobody has looked at. */
    public Deque<Sent> unread() {
        collect();
        return unread;
    }

    /** Lets time pass until the stack has sent something, at most so long; polls exactly when the stack wants it. */
    public void awaitFrame(long nanoseconds) {
        long end = now + nanoseconds;
        while (unread().isEmpty() && stack.deadline() <= end) {
            now = Math.max(now, stack.deadline());
            stack.poll(now);
        }
        if (unread().isEmpty()) {
            now = end;
            stack.poll(now);
            collect();
        }
    }

    /** Lets time pass whatever is sent. */
    public void advance(long nanoseconds) {
        long end = now + nanoseconds;
        while (stack.deadline() <= end) {
            now = Math.max(now, stack.deadline());
            stack.poll(now);
            collect();
        }
        now = end;
        stack.poll(now);
        collect();
    }

    private void collect() {
        while (!recorder.frames().isEmpty()) {
            byte[] frame = recorder.frames().get(0);
            long time = recorder.times().get(0);
            recorder.frames().remove(0);
            recorder.times().remove(0);
            Sent sent = Sent.parse(frame, time);
            if (answersArp && sent.kind().equals("arp")) {
                answer(sent);
            } else {
                unread.add(sent);
            }
        }
    }

    private void answer(Sent arp) {
        Map<String, Long> fields = arp.fields();
        if (fields.get("op") == ArpPacket.REQUEST && fields.get("target").intValue() != Station.US.bits()) {
            byte[] reply = Frames.arp(
                    ArpPacket.REPLY,
                    Station.PEER_MAC,
                    new Ipv4Address(ByteBuffer.wrap(arp.packet()).getInt(24)),
                    Station.OUR_MAC,
                    Station.US);
            byte[] frame = Frames.ethernet(Station.OUR_MAC, Station.PEER_MAC, EthernetHeader.ARP, reply);
            link.receive(frame, 0, frame.length, now);
        }
    }
}
