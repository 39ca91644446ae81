// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

/** Arithmetic of sequence numbers modulo 2^32 (RFC 9293, section 3.4). */
final class Sequence {
    private Sequence() {}

    static boolean isBefore(int a, int b) {
        return a - b < 0;
    }

    static boolean isAtMost(int a, int b) {
        return a - b <= 0;
    }

    static int later(int a, int b) {
        return a - b > 0 ? a : b;
    }
}
