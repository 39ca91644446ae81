// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.ip.IpError;

/** Stands for all that is not there: the key of lookups, and what answers segments to nobody. */
final class Nobody extends Flow {
    private final Tcp tcp;
    private final StackContext context;

    Nobody(Tcp tcp, StackContext context) {
        this.tcp = tcp;
        this.context = context;
    }

    void answering(Segment s) {
        remoteHigh = s.addresses.sourceHigh();
        remoteLow = s.addresses.sourceLow();
        remotePort = s.sourcePort;
        localHigh = s.addresses.destinationHigh();
        localLow = s.addresses.destinationLow();
        localPort = s.destinationPort;
    }

    void sentBy(IpError error) {
        remoteHigh = error.addresses().destinationHigh();
        remoteLow = error.addresses().destinationLow();
        remotePort = TcpFields.DESTINATION_PORT.get(error.quoted());
        localHigh = error.addresses().sourceHigh();
        localLow = error.addresses().sourceLow();
        localPort = TcpFields.SOURCE_PORT.get(error.quoted());
    }

    void listening(long high, long low, int port) {
        remoteHigh = 0;
        remoteLow = 0;
        remotePort = 0;
        localHigh = high;
        localLow = low;
        localPort = port;
    }

    @Override
    long deadline() {
        return Timed.NEVER;
    }

    @Override
    void wake(long now) {}

    @Override
    void arrives(Segment s) {
        if (!tcp.isClaimed(s)) {
            context.drops().count(TcpDrop.PORT_CLOSED);
            tcp.reset(s);
        }
    }
}
