// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import java.util.Arrays;

/** A name as people write it, being read (RFC 1035, section 5.1; RFC 4343, section 2.1). */
final class DnsNameParser {
    private final String text;
    private final byte[] wire;
    private int at;
    private int label;
    private int length = 1;

    DnsNameParser(String text) {
        this.text = text;
        wire = new byte[text.length() + 2];
    }

    DnsName parse() {
        while (at < text.length() && !text.equals(".")) {
            char next = text.charAt(at++);
            if (next == '.') {
                endLabel();
            } else {
                wire[length++] = (byte) (next == '\\' ? escaped() : plain(next));
            }
        }
        if (length > label + 1) {
            endLabel();
        }
        if (length > DnsName.LONGEST) {
            throw wrong("it takes " + length + " octets, and at most " + DnsName.LONGEST + " are allowed");
        }
        return new DnsName(Arrays.copyOf(wire, length));
    }

    private void endLabel() {
        int octets = length - label - 1;
        if (octets < 1 || octets > DnsName.LONGEST_LABEL) {
            throw wrong("what stands between dots has 1 to " + DnsName.LONGEST_LABEL + " octets, not " + octets);
        }
        wire[label] = (byte) octets;
        label = length++;
    }

    private char plain(char next) {
        if (next > '~') {
            throw wrong("write international names in their ASCII form, xn--...");
        }
        return next;
    }

    private int escaped() {
        String digits = text.substring(at, Math.min(at + 3, text.length()));
        if (digits.matches("[01][0-9][0-9]|2[0-4][0-9]|25[0-5]")) {
            at += 3;
            return Integer.parseInt(digits);
        }
        if (digits.isEmpty()) {
            throw wrong("nothing follows the backslash");
        }
        return text.charAt(at++);
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("'" + text + "' is no domain name: " + what);
    }
}
