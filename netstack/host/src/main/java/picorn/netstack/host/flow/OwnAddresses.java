// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.channels.DatagramChannel;

/** Tells which addresses lead to this host itself, without sending anything. */
final class OwnAddresses {
    private OwnAddresses() {}

    /**
     * Whether it is an interface's, or would be answered from within: a host sends to itself from that very address, or from its
     * loopback.
     */
    static boolean contains(InetSocketAddress target) throws IOException {
        InetAddress address = target.getAddress();
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || NetworkInterface.getByInetAddress(address) != null) {
            return true;
        }
        try (DatagramChannel probe = DatagramChannel.open()) {
            probe.connect(target);
            InetAddress source = ((InetSocketAddress) probe.getLocalAddress()).getAddress();
            return source.isLoopbackAddress() || source.equals(address);
        }
    }
}
