// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.context.PacketBuffer;

/** The interface of the route that leads nowhere; others take it from {@link Route#NONE}, whose class must come first. */
final class NoInterface implements NetworkInterface {
    static final NoInterface NOWHERE = new NoInterface();

    private final InterfaceAddresses none = new InterfaceAddresses(this);

    @Override
    public String name() {
        return "nowhere";
    }

    @Override
    public int mtu() {
        return 0;
    }

    @Override
    public int headroom() {
        return 0;
    }

    @Override
    public InterfaceAddresses addresses() {
        return none;
    }

    @Override
    public void sendIpv4(PacketBuffer packet, int nextHop) {
        throw new IllegalStateException("no route; compare with Route.NONE before sending");
    }

    @Override
    public long deadline() {
        return NEVER;
    }

    @Override
    public long poll(long now) {
        return NEVER;
    }
}
