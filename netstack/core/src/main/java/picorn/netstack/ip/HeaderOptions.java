// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.octets.Octets;

/** The options between the fixed part of an IPv4 header and the data (RFC 791, section 3.1). */
final class HeaderOptions {
    private HeaderOptions() {}

    /** Aims a view at the options of a packet. */
    static Octets of(IpPacket packet, Octets into) {
        int end = packet.payload().offset() - packet.whole().offset();
        return into.aim(packet.whole(), Ipv4Fields.SIZE, end - Ipv4Fields.SIZE);
    }

    /** Puts options into a header that has been written without. */
    static void put(Octets out, Octets options) {
        Ipv4Fields.VERSION_AND_LENGTH.set(out, Ipv4Fields.VERSION_4 | (Ipv4Fields.SIZE + options.length()) / 4);
        out.put(Ipv4Fields.SIZE, options, 0, options.length());
    }
}
