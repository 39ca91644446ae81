// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picorn.netstack.address.IpAddress;
import picorn.netstack.address.Ipv4Address;

/** Listeners and connections as people read them, one a line, in the order of their text. */
final class ConnectionTable {
    private static final String ROW = "%-22s %-22s %-12s %10s %10s%n";

    private final List<String> rows = new ArrayList<>();

    ConnectionTable(FlowTable flows) {
        for (int i = 0; i < flows.capacity(); i++) {
            add(flows.slot(i));
        }
        rows.sort(null);
    }

    private void add(Flow flow) {
        if (flow instanceof Connection c) {
            rows.add(row(flow, c.state().name(), "" + c.in.length(), "" + c.out.length()));
        } else if (flow instanceof TcpListener) {
            rows.add(row(flow, "LISTEN", "-", "-"));
        } else if (flow instanceof TimeWait) {
            rows.add(row(flow, "TIME_WAIT", "-", "-"));
        }
    }

    private static String row(Flow flow, String state, String in, String out) {
        String local = end(flow.addresses.sourceHigh(), flow.addresses.sourceLow(), flow.localPort);
        String remote = end(flow.addresses.destinationHigh(), flow.addresses.destinationLow(), flow.remotePort);
        return String.format(Locale.ROOT, ROW, local, remote, state, in, out);
    }

    private static String end(long high, long low, int port) {
        boolean any = high == 0 && (low == 0 || low == Ipv4Address.UNSPECIFIED.low());
        return (any ? "*" : IpAddress.of(high, low)) + ":" + (port == 0 ? "*" : port);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, ROW, "local", "remote", "state", "unread", "unacked") + String.join("", rows);
    }
}
