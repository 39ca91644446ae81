// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import java.util.ArrayDeque;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.context.Report;
import picorn.netstack.context.Reported;
import picorn.netstack.context.Timed;

/**
 * Follows redirects (RFC 1122, section 3.2.2.2): the router that was used may name a better neighbour for one host, which is
 * used for ten minutes.
 */
public final class Redirects implements Timed, Reported {
    private static final long LIFETIME = 600_000_000_000L;
    private static final int HOSTS = 32;
    private static final int OCTETS = 128;
    private static final int HOST = 32;

    private record Learned(Route route, long until) {}

    private final Ipv4 ipv4;
    private final ArrayDeque<Learned> learned = new ArrayDeque<>();
    private long followed;

    private Redirects(Ipv4 ipv4) {
        this.ipv4 = ipv4;
    }

    /**
     * Lets a stack follow redirects.
     *
     * @param ipv4 the stack's
     * @return the module
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public static Redirects join(Ipv4 ipv4) {
        ipv4.context().budget().demand(HOSTS * OCTETS, "redirected hosts");
        Redirects module = new Redirects(ipv4);
        ipv4.input().believed(module::follow);
        ipv4.drive(module);
        ipv4.reportOn(module);
        return module;
    }

    private void follow(IpError error) {
        if (error.kind() != ErrorKind.REDIRECTED) {
            return;
        }
        int destination = error.addresses().destinationIpv4();
        int better = error.detail();
        Route now = ipv4.find(destination);
        boolean byItsRouter = now.gateway().bits() != 0 && now.gateway().bits() == error.reporterIpv4();
        if (byItsRouter && isNeighbour(now.via(), better)) {
            add(new Route(new Ipv4Prefix(new Ipv4Address(destination), HOST), new Ipv4Address(better), now.via()));
        }
    }

    private boolean isNeighbour(NetworkInterface link, int address) {
        return link.addresses().networkOf(address) != Ipv4Prefix.NONE
                && !ipv4.isOwn(address)
                && !ipv4.isBroadcast(address);
    }

    private void add(Route route) {
        forget(learned.stream()
                .filter(each -> each.route().destination().equals(route.destination()))
                .findAny()
                .orElse(learned.size() == HOSTS ? learned.peek() : null));
        learned.add(new Learned(route, ipv4.context().now() + LIFETIME));
        ipv4.add(route);
        followed++;
    }

    private void forget(Learned old) {
        if (old != null) {
            learned.remove(old);
            ipv4.remove(old.route());
        }
    }

    @Override
    public long deadline() {
        return learned.isEmpty() ? NEVER : learned.peek().until();
    }

    @Override
    public long poll(long now) {
        while (deadline() <= now) {
            forget(learned.peek());
        }
        return deadline();
    }

    @Override
    public void report(Report report) {
        report.add("ipv4.redirects-followed", followed);
    }
}
