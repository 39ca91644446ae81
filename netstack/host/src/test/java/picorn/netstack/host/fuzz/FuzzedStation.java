// SPDX-License-Identifier: MIT
package picorn.netstack.host.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;

/** A stack with everything in it that knows one neighbour, whose part the fuzzer plays; its memory is watched. */
final class FuzzedStation {
    private static final int MEMORY = 256 * 1024;
    private static final int KEPT = 512;

    private final List<byte[]> sent = new ArrayList<>();
    private final Stack stack = new Stack(StackConfig.full().seed(1).memory(MEMORY));
    private final EthernetInterface link = stack.attach(
            new EthernetConfig("eth0", new MacAddress(Frames.OUR_MAC), new Ipv4Prefix(new Ipv4Address(Frames.US), 24)),
            (frame, offset, length, now) -> keep(Arrays.copyOfRange(frame, offset, offset + length)));
    private long now;

    FuzzedStation() {
        give(Frames.arpRequest());
        sent.clear();
    }

    private void keep(byte[] frame) {
        if (sent.size() < KEPT) {
            sent.add(frame);
        }
    }

    Stack stack() {
        return stack;
    }

    EthernetInterface link() {
        return link;
    }

    List<byte[]> sent() {
        return sent;
    }

    void give(byte[] frame) {
        link.receive(frame, 0, frame.length, now);
        stack.poll(now);
        if (stack.budget().used() > MEMORY) {
            throw new AssertionError("the budget is exceeded: " + stack.report());
        }
    }

    /** Lets time pass, with all that falls due in it; a stack whose deadlines do not move on is found out. */
    void advance(long nanoseconds) {
        long end = now + nanoseconds;
        int polls = 0;
        while (stack.deadline() <= end) {
            now = Math.max(now, stack.deadline());
            if (stack.poll(now) <= now || ++polls > 100_000) {
                throw new AssertionError("the deadline stays in the past: " + stack.report());
            }
        }
        now = end;
        stack.poll(now);
    }
}
