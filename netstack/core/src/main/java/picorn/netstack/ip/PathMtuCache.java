// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.context.Report;
import picorn.netstack.context.Reported;

/**
 * Path-MTU discovery (RFC 1191): remembers for ten minutes what routers say of the way to a destination, if the transport that
 * sent the quoted packet believes it.
 */
public final class PathMtuCache implements PathMtus, Reported {
    /** How long a path's MTU is remembered before a larger one is tried (RFC 1191, section 6.3): ten minutes. */
    public static final long LIFETIME = 600_000_000_000L;

    private static final int PATHS = 32;
    private static final int OCTETS = 16;

    private final Ipv4 ipv4;
    private final int[] destinations = new int[PATHS];
    private final int[] mtus = new int[PATHS];
    private final long[] until = new long[PATHS];
    private int known;
    private long learned;

    private PathMtuCache(Ipv4 ipv4) {
        this.ipv4 = ipv4;
    }

    /**
     * Lets a stack remember paths' MTUs.
     *
     * @param ipv4 the stack's
     * @return the module
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public static PathMtuCache join(Ipv4 ipv4) {
        ipv4.context().budget().demand(PATHS * OCTETS, "the path-MTU cache");
        PathMtuCache module = new PathMtuCache(ipv4);
        ipv4.pathMtus(module, module::learn);
        ipv4.reportOn(module);
        return module;
    }

    @Override
    public int mtu(int destination, int linkMtu) {
        for (int i = 0; i < known; i++) {
            if (destinations[i] == destination && ipv4.context().now() < until[i]) {
                return Math.min(mtus[i], linkMtu);
            }
        }
        return linkMtu;
    }

    private void learn(IpError error) {
        if (error.kind() == ErrorKind.TOO_BIG) {
            int slot = slotFor(error.addresses().destinationIpv4());
            destinations[slot] = error.addresses().destinationIpv4();
            mtus[slot] = error.mtu();
            until[slot] = ipv4.context().now() + LIFETIME;
            learned++;
        }
    }

    /** The slot of a destination, else a free one, else the one that was learned first. */
    private int slotFor(int destination) {
        int oldest = 0;
        for (int i = 0; i < known; i++) {
            if (destinations[i] == destination) {
                return i;
            }
            oldest = until[i] < until[oldest] ? i : oldest;
        }
        return known < PATHS ? known++ : oldest;
    }

    @Override
    public void report(Report report) {
        report.add("ipv4.path-mtus-learned", learned);
    }
}
