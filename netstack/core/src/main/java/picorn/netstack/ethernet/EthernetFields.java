// SPDX-License-Identifier: MIT
package picorn.netstack.ethernet;

import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;
import picorn.netstack.octets.U48;

/** Where the fields of an Ethernet header are. */
public final class EthernetFields {
    static final U48 DESTINATION = U48.at(0);
    static final U48 SOURCE = DESTINATION.next();
    static final U16 TYPE = U16.after(SOURCE);

    /** Octets of the header. */
    public static final int SIZE = TYPE.end();

    static void write(Octets out, long destination, long source, int type) {
        DESTINATION.set(out, destination);
        SOURCE.set(out, source);
        TYPE.set(out, type);
    }

    private EthernetFields() {}
}
