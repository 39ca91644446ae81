// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.stack.StackConfig;

/** Two stacks with a thread each, 10.0.9.1 and 10.0.9.2, on one cable. */
final class TwoHosts implements AutoCloseable {
    static final Ipv4Address ONE = Ipv4Address.parse("10.0.9.1");
    static final Ipv4Address TWO = Ipv4Address.parse("10.0.9.2");
    private static final long MEMORY = 64 << 20;

    private final HostStack one;
    private final HostStack two;
    private final HostLink[] ends = MemoryLink.pair();

    TwoHosts() {
        one = start(ONE, ends[0]);
        two = start(TWO, ends[1]);
    }

    private static HostStack start(Ipv4Address address, HostLink link) {
        StackConfig config =
                StackConfig.named(address.toString()).seed(address.bits()).memory(MEMORY);
        MacAddress mac = new MacAddress(0x0200_0000_0000L + (address.bits() & 0xFF));
        return HostStack.start(config, new EthernetConfig("eth0", mac, new Ipv4Prefix(address, 24)), link);
    }

    HostStack one() {
        return one;
    }

    HostStack two() {
        return two;
    }

    HostLink linkOfOne() {
        return ends[0];
    }

    @Override
    public void close() {
        one.close();
        two.close();
    }
}
