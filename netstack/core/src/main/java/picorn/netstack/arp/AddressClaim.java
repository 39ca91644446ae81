// SPDX-License-Identifier: MIT
package picorn.netstack.arp;

import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.context.RandomSource;
import picorn.netstack.context.Timed;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.ip.NetworkInterface;
import picorn.netstack.octets.Octets;

/**
 * Address conflict detection (RFC 5227): asks whether an address is free, gives it to an interface, announces it, and defends it
 * once in ten seconds. The constants are those of section 1.1.
 *
 * <pre>{@code
 * AddressClaim claim = AddressClaim.on(stack.ipv4(), eth0, eth0.arp(), listener);
 * claim.start(Ipv4Prefix.parse("10.0.2.15/24"));
 * }</pre>
 */
public final class AddressClaim implements Timed, ArpWatcher {
    private static final long SECOND = 1_000_000_000L;
    private static final long PROBE_WAIT = SECOND;
    private static final int PROBE_NUM = 3;
    private static final long PROBE_MIN = SECOND;
    private static final long PROBE_MAX = 2 * SECOND;
    private static final long ANNOUNCE_WAIT = 2 * SECOND;
    private static final int ANNOUNCE_NUM = 2;
    private static final long ANNOUNCE_INTERVAL = 2 * SECOND;
    private static final int MAX_CONFLICTS = 10;
    private static final long RATE_LIMIT_INTERVAL = 60 * SECOND;
    private static final long DEFEND_INTERVAL = 10 * SECOND;

    private enum State {
        IDLE,
        PROBING,
        HELD
    }

    private final Ipv4 ipv4;
    private final NetworkInterface link;
    private final ArpCache arp;
    private final ClaimListener listener;
    private State state = State.IDLE;
    private Ipv4Prefix address = Ipv4Prefix.NONE;
    private int probes;
    private int announcements;
    private int conflicts;
    private long deadline = NEVER;
    private long undefendedFrom;

    private AddressClaim(Ipv4 ipv4, NetworkInterface link, ArpCache arp, ClaimListener listener) {
        this.ipv4 = ipv4;
        this.link = link;
        this.arp = arp;
        this.listener = listener;
    }

    /**
     * Lets an interface claim addresses, one at a time. An interface has one claimant.
     *
     * @param ipv4 the stack's, which drives it
     * @param link the interface
     * @param arp the interface's
     * @param listener who is told
     * @return a claim that has not begun
     */
    public static AddressClaim on(Ipv4 ipv4, NetworkInterface link, ArpCache arp, ClaimListener listener) {
        AddressClaim claim = new AddressClaim(ipv4, link, arp, listener);
        arp.watch(claim);
        ipv4.drive(claim);
        return claim;
    }

    /**
     * Begins to claim an address; the one before is given up.
     *
     * @param wanted the address with its network
     */
    public void start(Ipv4Prefix wanted) {
        stop();
        address = wanted;
        state = State.PROBING;
        probes = 0;
        announcements = 0;
        undefendedFrom = 0;
        long pause = conflicts >= MAX_CONFLICTS ? RATE_LIMIT_INTERVAL : 0;
        deadline = ipv4.context().now() + pause + random(PROBE_WAIT);
    }

    /** Gives up what is claimed or held, telling nobody. */
    public void stop() {
        if (state == State.HELD) {
            ipv4.remove(link, address);
        }
        state = State.IDLE;
        deadline = NEVER;
    }

    /**
     * What it claims or holds.
     *
     * @return the address with its network; {@link Ipv4Prefix#NONE} before the first
     */
    public Ipv4Prefix address() {
        return address;
    }

    /**
     * Whether the interface has the address.
     *
     * @return true after {@link ClaimListener#granted()}
     */
    public boolean isHeld() {
        return state == State.HELD;
    }

    private long random(long below) {
        RandomSource random = ipv4.context().random();
        return random.below((int) (below / 1000)) * 1000L;
    }

    @Override
    public long deadline() {
        return deadline;
    }

    @Override
    public long poll(long now) {
        if (now >= deadline) {
            switch (state) {
                case PROBING -> probeOrTake(now);
                case HELD -> announce(now);
                default -> deadline = NEVER;
            }
        }
        return deadline;
    }

    private void probeOrTake(long now) {
        if (probes < PROBE_NUM) {
            probes++;
            arp.probe(address.address().bits());
            deadline = now + (probes == PROBE_NUM ? ANNOUNCE_WAIT : PROBE_MIN + random(PROBE_MAX - PROBE_MIN));
            return;
        }
        state = State.HELD;
        conflicts = 0;
        ipv4.add(link, address);
        announce(now);
        listener.granted();
    }

    private void announce(long now) {
        announcements++;
        arp.announce(address.address().bits());
        deadline = announcements < ANNOUNCE_NUM ? now + ANNOUNCE_INTERVAL : NEVER;
    }

    @Override
    public void received(Octets packet) {
        int ours = address.address().bits();
        boolean own = ArpFields.SENDER_HARDWARE.get(packet) == arp.hardware();
        int sender = ArpFields.SENDER_PROTOCOL.get(packet);
        if (own || state == State.IDLE) {
            return;
        }
        boolean wanted = sender == 0 && ArpFields.TARGET_PROTOCOL.get(packet) == ours;
        if (state == State.PROBING && (sender == ours || wanted)) {
            conflicts++;
            stop();
            listener.refused();
        } else if (state == State.HELD && sender == ours) {
            defend(ipv4.context().now());
        }
    }

    /** RFC 5227, section 2.4, (b): answers the first conflict, gives way to the second within the interval. */
    private void defend(long now) {
        if (now < undefendedFrom) {
            conflicts++;
            stop();
            listener.lost();
        } else {
            undefendedFrom = now + DEFEND_INTERVAL;
            arp.announce(address.address().bits());
        }
    }
}
