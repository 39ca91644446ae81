// SPDX-License-Identifier: MIT
package picorn.netstack.igmp;

import java.util.List;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.ip.Membership;
import picorn.netstack.ip.NetworkInterface;

/** What one socket wants of a group. */
final class SocketMembership implements Membership {
    static final int MEMORY = 512;
    private static final int MOST_SOURCES = 64;

    private final GroupState group;
    private Filter filter = Filter.EVERYBODY;

    SocketMembership(GroupState group) {
        this.group = group;
    }

    Filter filter() {
        return filter;
    }

    @Override
    public void include(List<Ipv4Address> sources) {
        set(Filter.Mode.INCLUDE, sources);
    }

    @Override
    public void exclude(List<Ipv4Address> sources) {
        set(Filter.Mode.EXCLUDE, sources);
    }

    private void set(Filter.Mode mode, List<Ipv4Address> sources) {
        if (sources.size() > MOST_SOURCES) {
            throw new IllegalArgumentException(
                    "a source filter has at most " + MOST_SOURCES + " addresses, not " + sources.size());
        }
        filter = new Filter(mode, Sources.of(sources));
        group.update();
    }

    @Override
    public boolean accepts(NetworkInterface from, int address, int source) {
        return group.isAt(from, address) && filter.accepts(source);
    }

    @Override
    public void close() {
        filter = Filter.NOBODY;
        group.remove(this);
    }
}
