// SPDX-License-Identifier: MIT
package picorn.netstack.bench;

import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;

/** Two stacks on an Ethernet in memory; a microsecond of virtual time passes each turn. */
final class TwoStacks {
    static final Ipv4Address ONE = Ipv4Address.parse("10.0.0.1");
    static final Ipv4Address TWO = Ipv4Address.parse("10.0.0.2");
    private static final long TURN = 1_000;
    private static final long MEMORY = 512L << 20;

    private final FrameRing toOne = new FrameRing();
    private final FrameRing toTwo = new FrameRing();
    private final Stack one = new Stack(StackConfig.named("one").seed(1).memory(MEMORY));
    private final Stack two = new Stack(StackConfig.named("two").seed(2).memory(MEMORY));
    private final EthernetInterface linkOfOne = one.attach(config(ONE), toTwo);
    private final EthernetInterface linkOfTwo = two.attach(config(TWO), toOne);
    private long now;

    private static EthernetConfig config(Ipv4Address address) {
        return new EthernetConfig(
                "eth0", new MacAddress(0x0200_0000_0000L + (address.bits() & 0xFF)), new Ipv4Prefix(address, 24));
    }

    Stack one() {
        return one;
    }

    Stack two() {
        return two;
    }

    /** Delivers the frames that are under way, and lets time pass. */
    void turn() {
        now += TURN;
        if (toTwo.deliverTo(linkOfTwo, now) == 0) {
            two.poll(now);
        }
        if (toOne.deliverTo(linkOfOne, now) == 0) {
            one.poll(now);
        }
    }

    long frames() {
        return toOne.carried() + toTwo.carried();
    }
}
