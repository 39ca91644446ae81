// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

/** Domain names as people read them; {@link DnsNameParser} takes the same. */
final class DnsNameText {
    private DnsNameText() {}

    /** The text of a name on the wire, without a dot at the end; the root is a dot alone. */
    static String of(byte[] wire) {
        if (wire.length == 1) {
            return ".";
        }
        StringBuilder text = new StringBuilder();
        for (int at = 0; wire[at] != 0; at += 1 + wire[at]) {
            text.append(at == 0 ? "" : ".");
            for (int i = at + 1; i <= at + wire[at]; i++) {
                append(text, wire[i] & 0xFF);
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, int octet) {
        if (octet <= ' ' || octet > '~') {
            text.append('\\').append((char) ('0' + octet / 100));
            text.append((char) ('0' + octet / 10 % 10)).append((char) ('0' + octet % 10));
        } else {
            text.append(octet == '.' || octet == '\\' ? "\\" : "").append((char) octet);
        }
    }
}
