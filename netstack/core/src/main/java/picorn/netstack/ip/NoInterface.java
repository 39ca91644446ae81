// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.context.PacketBuffer;

/** The interface of the route that leads nowhere. */
enum NoInterface implements NetworkInterface {
    NOWHERE;

    @Override
    public int mtu() {
        return 0;
    }

    @Override
    public int headroom() {
        return 0;
    }

    @Override
    public Ipv4Prefix ipv4() {
        return Ipv4Prefix.ALL;
    }

    @Override
    public void sendIpv4(PacketBuffer packet, int nextHop) {
        throw new IllegalStateException("no route; compare with Route.NONE before sending");
    }
}
