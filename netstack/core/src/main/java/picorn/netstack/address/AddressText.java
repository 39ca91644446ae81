// SPDX-License-Identifier: MIT
package picorn.netstack.address;

import java.util.Locale;

/** Addresses of hosts and networks as people write them. */
final class AddressText {
    private AddressText() {}

    static Ipv4Address ipv4(String text) {
        if (!text.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            throw wrong(text);
        }
        int bits = 0;
        for (String part : text.split("\\.")) {
            int octet = Integer.parseInt(part);
            if (octet > 255) {
                throw wrong(text);
            }
            bits = bits << 8 | octet;
        }
        return new Ipv4Address(bits);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is no IPv4 address; write four numbers from 0 to 255, 10.0.2.2");
    }

    static Ipv4Prefix prefix(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,2}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no IPv4 prefix; write an address, a slash and 0 to 32, 10.0.2.2/24");
        }
        return new Ipv4Prefix(ipv4(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    static MacAddress mac(String text) {
        if (!text.matches("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no MAC address; write six pairs of digits, 52:55:0a:00:02:02");
        }
        return new MacAddress(Long.parseLong(text.replace(":", ""), 16));
    }

    static String ofMac(long bits) {
        return String.format(Locale.ROOT, "%012x", bits).replaceAll("..(?!$)", "$0:");
    }

    static String ofIpv4(int bits) {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xFF) + "." + (bits >>> 8 & 0xFF) + "." + (bits & 0xFF);
    }
}
