// SPDX-License-Identifier: MIT
package picorn.netstack.arp;

import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.ip.NetworkInterface;

/**
 * An address of 169.254.0.0/16 for an interface that gets none otherwise (RFC 3927): drawn at random, claimed, and drawn anew
 * when another station has it.
 */
public final class LinkLocal implements ClaimListener {
    /** 169.254.1.0: the first that may be drawn. */
    private static final int FIRST = 0xA9FE_0100;

    /** Up to 169.254.254.255. */
    private static final int COUNT = 0xFE00;

    private static final int LENGTH = 16;

    private final Ipv4 ipv4;
    private final AddressClaim claim;
    private Runnable changed = () -> {};

    private LinkLocal(Ipv4 ipv4, NetworkInterface link, ArpCache arp) {
        this.ipv4 = ipv4;
        claim = AddressClaim.on(ipv4, link, arp, this);
    }

    /**
     * Lets an interface have a link-local address.
     *
     * @param ipv4 the stack's
     * @param link the interface
     * @param arp the interface's
     * @return what has not been started
     */
    public static LinkLocal on(Ipv4 ipv4, NetworkInterface link, ArpCache arp) {
        return new LinkLocal(ipv4, link, arp);
    }

    /** Draws an address and claims it. */
    public void start() {
        int bits = FIRST + ipv4.context().random().below(COUNT);
        claim.start(new Ipv4Prefix(new Ipv4Address(bits), LENGTH));
    }

    /** Gives the address up, as when DHCP has brought another (RFC 3927, section 1.9). */
    public void stop() {
        claim.stop();
    }

    /**
     * Says what is to be done when the interface has got its address or has lost it.
     *
     * @param changed nothing before
     */
    public void onChange(Runnable changed) {
        this.changed = changed;
    }

    /**
     * The address.
     *
     * @return {@link Ipv4Prefix#NONE} while there is none
     */
    public Ipv4Prefix address() {
        return claim.isHeld() ? claim.address() : Ipv4Prefix.NONE;
    }

    @Override
    public void granted() {
        changed.run();
    }

    @Override
    public void refused() {
        start();
    }

    @Override
    public void lost() {
        start();
        changed.run();
    }
}
